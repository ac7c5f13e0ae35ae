import { type Manifest, manifest } from "../manifest";
import type { ClaimFacts, Labels, ObjectFacts } from "./object";
import type { PodFacts } from "./pod";
import { podSpecOf } from "./to-pod";

type Fields = Readonly<Record<string, unknown>>;

interface ManifestOptions {
  /** Extra labels of the object and its pods, for example that they are stand-ins. */
  readonly labels?: Labels;
}

/** API versions of the kinds that can be created from facts alone. */
const versions: Readonly<Record<string, string>> = {
  ConfigMap: "v1",
  DaemonSet: "apps/v1",
  Deployment: "apps/v1",
  IngressClass: "networking.k8s.io/v1",
  Job: "batch/v1",
  PersistentVolumeClaim: "v1",
  Pod: "v1",
  PodDisruptionBudget: "policy/v1",
  Secret: "v1",
  Service: "v1",
  ServiceAccount: "v1",
  StatefulSet: "apps/v1",
};

/**
 * A stand-in for the object that the facts describe: an API server accepts it, and Kubernetes' controllers
 * and scheduler treat it like the real one. Contents of Secrets and ConfigMaps are placeholders. Undefined
 * for kinds about which the facts do not say enough.
 */
export function manifestOfFacts(facts: ObjectFacts, { labels }: ManifestOptions = {}): Manifest | undefined {
  const { kind, name, namespace } = facts;
  const apiVersion = versions[kind];
  if (apiVersion === undefined) return undefined;
  const own = kind === "Pod" ? facts.pod?.labels : facts.labels;
  const made = {
    apiVersion,
    kind,
    metadata: { name, namespace, labels: own || labels ? { ...own, ...labels } : undefined },
    ...fieldsOf(facts, labels),
  };
  // Through JSON, to drop undefined fields, which API servers reject.
  return manifest.parse(JSON.parse(JSON.stringify(made)));
}

function fieldsOf(facts: ObjectFacts, labels: Labels | undefined): Fields {
  const { kind, name, pod, replicas } = facts;
  switch (kind) {
    case "Pod":
      return pod ? { spec: podSpecOf(pod) } : {};
    case "Deployment":
    case "DaemonSet":
      return pod ? { spec: { replicas, ...templateOf(name, pod, labels) } } : {};
    case "StatefulSet":
      return pod
        ? {
            spec: {
              replicas,
              serviceName: name,
              ...templateOf(name, pod, labels),
              volumeClaimTemplates: facts.claims?.map(claimTemplateOf),
            },
          }
        : {};
    case "Job":
      return pod ? { spec: jobOf(facts, pod, labels) } : {};
    case "Service":
      return { spec: serviceOf(facts) };
    case "PodDisruptionBudget":
      return {
        spec: {
          selector: facts.selector && { matchLabels: facts.selector },
          minAvailable: facts.minAvailable,
          maxUnavailable: facts.maxUnavailable,
        },
      };
    case "IngressClass":
      return { spec: { controller: `example.com/${placeholder}` } };
    case "ServiceAccount":
      return { automountServiceAccountToken: facts.automountToken };
    case "Secret":
      return secretOf(facts);
    case "ConfigMap":
      return { data: placeholders(facts.keys) };
    case "PersistentVolumeClaim":
      return { spec: claimSpecOf({ ...facts, size: facts.size ?? "", modes: facts.modes ?? [] }) };
    default:
      return {};
  }
}

/** Pods without known labels are selected by the name of their owner. */
function templateOf(name: string, pod: PodFacts, labels: Labels | undefined): Fields {
  const own = pod.labels ?? { app: name };
  return {
    selector: { matchLabels: own },
    template: { metadata: { labels: { ...own, ...labels } }, spec: podSpecOf(pod) },
  };
}

/** Labels that only the Job controller may set. */
const ofController = /^(batch\.kubernetes\.io\/)?(controller-uid|job-name)$/;

function jobOf({ replicas, backoffLimit }: ObjectFacts, pod: PodFacts, labels: Labels | undefined): Fields {
  const own = Object.entries(pod.labels ?? {}).filter(([key]) => !ofController.test(key));
  return {
    parallelism: replicas,
    backoffLimit,
    template: {
      metadata: { labels: { ...Object.fromEntries(own), ...labels } },
      spec: { ...podSpecOf(pod), restartPolicy: pod.restartPolicy ?? "Never" },
    },
  };
}

function serviceOf({ type, headless, selector, ports, externalName }: ObjectFacts): Fields {
  return { type, clusterIP: headless ? "None" : undefined, selector, ports, externalName };
}

/** For a claim of unknown size. */
const someSize = "1Gi";

function claimSpecOf(claim: Pick<ClaimFacts, "class" | "size" | "modes">): Fields {
  return {
    storageClassName: claim.class,
    accessModes: claim.modes.length > 0 ? claim.modes : ["ReadWriteOnce"],
    resources: { requests: { storage: claim.size || someSize } },
  };
}

function claimTemplateOf(claim: ClaimFacts): Fields {
  return { metadata: { name: claim.name }, spec: claimSpecOf(claim) };
}

const placeholder = "stand-in";

/** Contents that API servers validate, by type of Secret. */
const contents: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "kubernetes.io/basic-auth": { username: placeholder },
  "kubernetes.io/dockercfg": { ".dockercfg": "{}" },
  "kubernetes.io/dockerconfigjson": { ".dockerconfigjson": '{"auths":{}}' },
  "kubernetes.io/ssh-auth": { "ssh-privatekey": placeholder },
  "kubernetes.io/tls": { "tls.crt": placeholder, "tls.key": placeholder },
};

/** Only the API server creates account tokens: a Secret that waits for one becomes an opaque one here. */
function secretOf({ type, keys }: ObjectFacts): Fields {
  const known = type === "kubernetes.io/service-account-token" ? "Opaque" : type;
  return { type: known, stringData: { ...placeholders(keys), ...contents[known ?? ""] } };
}

function placeholders(keys: readonly string[] | undefined): Labels | undefined {
  return keys && Object.fromEntries(keys.map((key) => [key, placeholder]));
}
