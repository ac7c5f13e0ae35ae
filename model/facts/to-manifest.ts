import { type Manifest, manifest } from "../manifest";
import type { ClaimFacts, Labels, ObjectFacts } from "./object";
import type { PodFacts } from "./pod";
import { podSpecOf } from "./to-pod";

type Fields = Readonly<Record<string, unknown>>;

interface ManifestOptions {
  /** Labels that the object and its pods get besides their own, for example to tell what they stand in for. */
  readonly labels?: Labels;
}

/** API versions of the kinds that can be made of facts alone. */
const versions: Readonly<Record<string, string>> = {
  ConfigMap: "v1",
  DaemonSet: "apps/v1",
  Deployment: "apps/v1",
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
 * An object that stands in for the one of which the facts are known: an API server takes it, and Kubernetes' own controllers
 * and scheduler act on it as on the real one. Contents of Secrets and ConfigMaps are placeholders. Undefined for kinds of which
 * facts do not say enough.
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
  // Through JSON: what is undefined is not there, as API servers want it.
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

/** Pods of which no labels are known are found by the name of what makes them. */
function templateOf(name: string, pod: PodFacts, labels: Labels | undefined): Fields {
  const own = pod.labels ?? { app: name };
  return {
    selector: { matchLabels: own },
    template: { metadata: { labels: { ...own, ...labels } }, spec: podSpecOf(pod) },
  };
}

/** Labels that the Job controller gives itself, and lets nobody else give. */
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

/** Of a claim whose size is not known. */
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

/** Contents that API servers look into, by type of Secret. */
const contents: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "kubernetes.io/basic-auth": { username: placeholder },
  "kubernetes.io/dockercfg": { ".dockercfg": "{}" },
  "kubernetes.io/dockerconfigjson": { ".dockerconfigjson": '{"auths":{}}' },
  "kubernetes.io/ssh-auth": { "ssh-privatekey": placeholder },
  "kubernetes.io/tls": { "tls.crt": placeholder, "tls.key": placeholder },
};

/** Tokens of accounts are the API server's to make: a Secret that waits for one is an opaque one here. */
function secretOf({ type, keys }: ObjectFacts): Fields {
  const known = type === "kubernetes.io/service-account-token" ? "Opaque" : type;
  return { type: known, stringData: { ...placeholders(keys), ...contents[known ?? ""] } };
}

function placeholders(keys: readonly string[] | undefined): Labels | undefined {
  return keys && Object.fromEntries(keys.map((key) => [key, placeholder]));
}
