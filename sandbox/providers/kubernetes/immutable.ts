import { overlaps, type PropertyPath, parsePath } from "../property-path";
import { at, type JsonObject, textAt } from "./json";
import { groupOf } from "./served-types";

const selectorOwner = ["spec.selector"];
const podSpec = [
  "affinity",
  "automountServiceAccountToken",
  "dnsConfig",
  "dnsPolicy",
  "enableServiceLinks",
  "hostAliases",
  "hostIPC",
  "hostNetwork",
  "hostPID",
  "hostname",
  "imagePullSecrets",
  "nodeName",
  "nodeSelector",
  "overhead",
  "preemptionPolicy",
  "priority",
  "priorityClassName",
  "readinessGates",
  "restartPolicy",
  "runtimeClassName",
  "schedulerName",
  "securityContext",
  "serviceAccount",
  "serviceAccountName",
  "shareProcessNamespace",
  "subdomain",
  "terminationGracePeriodSeconds",
  "volumes",
  "containers",
  "initContainers",
].map((field) => `spec.${field}`);

const volumeSources = [
  "awsElasticBlockStore",
  "azureDisk",
  "azureFile",
  "cephfs",
  "cinder",
  "csi",
  "fc",
  "flexVolume",
  "flocker",
  "gcePersistentDisk",
  "glusterfs",
  "hostPath",
  "iscsi",
  "local",
  "nfs",
  "photonPersistentDisk",
  "portworxVolume",
  "quobyte",
  "rbd",
  "scaleIO",
  "storageos",
  "vsphereVolume",
].map((source) => `spec.${source}`);

/** Fields that the API server never changes in an existing object, by `group/Kind`. */
const fieldsByKind: Readonly<Record<string, readonly string[]>> = {
  "/PersistentVolume": volumeSources,
  // Not the requested size: volumes of classes that allow it grow in place.
  "/PersistentVolumeClaim": [
    "spec.accessModes",
    "spec.selector",
    "spec.storageClassName",
    "spec.volumeName",
    "spec.volumeMode",
    "spec.dataSource",
    "spec.dataSourceRef",
  ],
  "/Pod": podSpec,
  "/ResourceQuota": ["spec.scopes", "spec.scopeSelector"],
  "/Secret": ["type"],
  "/Service": ["spec.clusterIP"],
  "apps/Deployment": selectorOwner,
  "apps/DaemonSet": selectorOwner,
  "apps/StatefulSet": [
    ...selectorOwner,
    "spec.podManagementPolicy",
    "spec.revisionHistoryLimit",
    "spec.serviceName",
    "spec.volumeClaimTemplates",
  ],
  "batch/Job": [
    ...selectorOwner,
    "spec.completions",
    "spec.completionMode",
    "spec.parallelism",
    "spec.template",
  ],
  "rbac.authorization.k8s.io/RoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/ClusterRoleBinding": ["roleRef"],
  "storage.k8s.io/StorageClass": ["provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"],
  "storage.k8s.io/CSIDriver": ["spec.attachRequired", "spec.fsGroupPolicy", "spec.volumeLifecycleModes"],
  "networking.k8s.io/IngressClass": ["spec.controller"],
  "scheduling.k8s.io/PriorityClass": ["value", "preemptionPolicy"],
  "apiextensions.k8s.io/CustomResourceDefinition": [
    "spec.scope",
    "spec.group",
    "spec.names.kind",
    "spec.names.plural",
  ],
};

const identity = ["kind", "metadata.name", "metadata.namespace"];

export interface Mutability {
  /** ConfigMaps change in place, as `enableConfigMapMutable` asks for. */
  readonly configMaps: boolean;
  /** Secrets change in place, as `enableSecretMutable` asks for. */
  readonly secrets: boolean;
}

/** Paths of an object whose change means that it must be replaced. */
export function immutablePaths(object: JsonObject, mutability: Mutability): readonly PropertyPath[] {
  const group = groupOf(textAt(object, "apiVersion"));
  const kind = textAt(object, "kind");
  const fields = [...identity, ...(fieldsByKind[`${group}/${kind}`] ?? [])];
  const sealed = at(object, "immutable") === true;
  if (group === "" && kind === "ConfigMap" && (sealed || !mutability.configMaps)) {
    fields.push("data", "binaryData");
  }
  if (group === "" && kind === "Secret" && (sealed || !mutability.secrets)) {
    fields.push("data", "stringData");
  }
  return fields.map(parsePath);
}

export function needsReplacement(path: PropertyPath, immutable: readonly PropertyPath[]): boolean {
  return immutable.some((fixed) => overlaps(path, fixed));
}
