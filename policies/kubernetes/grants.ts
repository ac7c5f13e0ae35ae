import { at, items, type Value } from "../value";

/** A permission in a role that gives control of the cluster. */
interface Power {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** What it allows. */
  readonly why: string;
}

const reading = ["get", "list", "watch"];
const writing = ["create", "update", "patch"];
const any = [...reading, ...writing, "delete", "deletecollection"];

const powers: readonly Power[] = [
  {
    group: "",
    resources: ["secrets"],
    verbs: reading,
    why: "reads every Secret, tokens of administrators included",
  },
  {
    group: "",
    resources: ["pods", "podtemplates", "replicationcontrollers"],
    verbs: writing,
    why: "starts pods under any account",
  },
  {
    group: "apps",
    resources: ["deployments", "daemonsets", "statefulsets", "replicasets"],
    verbs: writing,
    why: "starts pods under any account",
  },
  { group: "batch", resources: ["jobs", "cronjobs"], verbs: writing, why: "starts pods under any account" },
  {
    group: "",
    resources: ["pods/exec", "pods/attach", "pods/ephemeralcontainers", "pods/proxy", "pods/portforward"],
    verbs: any,
    why: "gets into every pod",
  },
  { group: "", resources: ["nodes/proxy", "services/proxy"], verbs: any, why: "speaks to every kubelet" },
  {
    group: "",
    resources: ["serviceaccounts/token"],
    verbs: ["create"],
    why: "makes tokens of every account",
  },
  {
    group: "rbac.authorization.k8s.io",
    resources: ["roles", "rolebindings", "clusterroles", "clusterrolebindings"],
    verbs: writing,
    why: "changes who may do what",
  },
  {
    group: "certificates.k8s.io",
    resources: ["certificatesigningrequests/approval", "signers"],
    verbs: ["update", "patch", "approve", "sign"],
    why: "makes certificates of administrators",
  },
  {
    group: "admissionregistration.k8s.io",
    resources: [
      "mutatingwebhookconfigurations",
      "validatingwebhookconfigurations",
      "mutatingadmissionpolicies",
    ],
    verbs: writing,
    why: "sees and changes everything that is created",
  },
  {
    group: "apiregistration.k8s.io",
    resources: ["apiservices"],
    verbs: writing,
    why: "answers for the API server",
  },
  ...Object.entries({
    "apps.kruise.io": ["clonesets", "daemonsets", "statefulsets", "advancedcronjobs", "broadcastjobs"],
    "argoproj.io": ["applications", "applicationsets", "cronworkflows", "rollouts", "workflows"],
    "batch.volcano.sh": ["jobs"],
    "flink.apache.org": ["flinkdeployments", "flinksessionjobs"],
    "helm.toolkit.fluxcd.io": ["helmreleases"],
    "jobset.x-k8s.io": ["jobsets"],
    "keda.sh": ["scaledjobs"],
    "kubeflow.org": ["mpijobs", "notebooks", "pytorchjobs", "tfjobs", "xgboostjobs"],
    "kustomize.toolkit.fluxcd.io": ["kustomizations"],
    "ray.io": ["rayclusters", "rayjobs", "rayservices"],
    "serving.knative.dev": ["services"],
    "serving.kserve.io": ["inferenceservices"],
    "sparkoperator.k8s.io": ["scheduledsparkapplications", "sparkapplications"],
    "tekton.dev": ["pipelineruns", "taskruns"],
  }).map(
    ([group, resources]): Power => ({
      group,
      resources,
      verbs: writing,
      why: "starts pods under any account",
    }),
  ),
  { group: "", resources: ["persistentvolumes"], verbs: writing, why: "mounts any path of a node" },
];

/** Permissions that reach beyond a namespace even in a namespaced role. */
const everywhere = ["serviceaccounts/token"];

/** The map of IAM's identities to groups of an EKS cluster, in kube-system. */
const identities = "aws-auth";

/** Why a rule lets its holder become administrator of an EKS cluster; undefined when it does not. */
export function identitiesIn(rule: Value, isSystem: boolean): string | undefined {
  const [groups, resources, verbs] = ["apiGroups", "resources", "verbs"].map((field) =>
    items(at(rule, field)),
  );
  const names = at(rule, "resourceNames");
  const isNamed = names === undefined ? isSystem : items(names).includes(identities);
  const verb = ["update", "patch"].find((one) => verbs?.includes(one));
  if (!isNamed || verb === undefined || !groups?.includes("") || !resources?.includes("configmaps"))
    return undefined;
  return `lets it ${verb} the ConfigMap ${identities}, by which it makes anyone administrator`;
}

/**
 * Why a rule gives control of the cluster; undefined when it does not. Rules for named objects do not count.
 */
export function powerIn(rule: Value, isClusterWide: boolean): string | undefined {
  const [groups, resources, verbs] = ["apiGroups", "resources", "verbs"].map((field) =>
    items(at(rule, field)),
  );
  if (at(rule, "resourceNames") !== undefined && !items(verbs).includes("create")) return undefined;
  for (const power of powers) {
    if (!groups?.includes(power.group)) continue;
    const resource = power.resources.find((one) => resources?.includes(one));
    const verb = power.verbs.find((one) => verbs?.includes(one));
    if (resource === undefined || verb === undefined) continue;
    if (!isClusterWide && !everywhere.includes(resource)) continue;
    return `lets it ${verb} ${resource}, by which it ${power.why}`;
  }
  return undefined;
}
