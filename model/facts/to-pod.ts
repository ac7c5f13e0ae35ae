import type { ContainerFacts, PodFacts } from "./pod";

type Security = NonNullable<ContainerFacts["security"]>;
type Near = NonNullable<PodFacts["antiAffinity"]>[number];
type Fields = Readonly<Record<string, unknown>>;

/** Facts leave out an image when the chart or operator does. */
const unknownImage = "unknown";

/**
 * The specification of a pod from its facts, with its scheduling, limits and security. Probes, environment
 * and mounts are left out, and Secrets and ConfigMaps are optional, so that the pod starts without them.
 */
export function podSpecOf(pod: PodFacts): Fields {
  const containers = (init: boolean) =>
    pod.containers.filter((one) => (one.init === true) === init).map(containerOf);
  return {
    serviceAccountName: pod.serviceAccount,
    automountServiceAccountToken: pod.automountToken,
    priorityClassName: pod.priorityClass,
    restartPolicy: pod.restartPolicy,
    hostNetwork: pod.hostNetwork,
    hostPID: pod.hostPID,
    nodeSelector: pod.nodeSelector,
    affinity: affinityOf(pod),
    topologySpreadConstraints: pod.spread?.map(
      ({ topologyKey, when, maxSkew = 1, minDomains, sameLabels, ...selection }) => ({
        topologyKey,
        whenUnsatisfiable: when,
        maxSkew,
        minDomains,
        labelSelector: selectorOf(selection),
        matchLabelKeys: sameLabels,
      }),
    ),
    tolerations: pod.tolerations?.map(({ seconds, ...toleration }) => ({
      ...toleration,
      tolerationSeconds: seconds,
    })),
    securityContext: pod.security && {
      ...usersOf(pod.security),
      fsGroup: pod.security.fsGroup,
    },
    terminationGracePeriodSeconds: pod.grace,
    volumes: pod.volumes?.map((volume, index) => ({ name: `volume-${index}`, ...volumeOf(volume) })),
    initContainers: containers(true),
    containers: containers(false),
  };
}

function containerOf({ name, image, sidecar, ports, resources, security }: ContainerFacts): Fields {
  return {
    name,
    image: image || unknownImage,
    restartPolicy: sidecar ? "Always" : undefined,
    ports: ports?.map((one) => ({ name: one.name, containerPort: one.port, protocol: one.protocol })),
    resources,
    securityContext: security && {
      ...usersOf(security),
      readOnlyRootFilesystem: security.readOnlyRootFilesystem,
      allowPrivilegeEscalation: security.allowPrivilegeEscalation,
      privileged: security.privileged,
      capabilities: security.drop || security.add ? { drop: security.drop, add: security.add } : undefined,
    },
  };
}

/**
 * Fields that pods and containers share. A seccomp profile on the node's disk is left out, because its path
 * is unknown.
 */
function usersOf({ runAsNonRoot, runAsUser, runAsGroup, seccomp }: Security): Fields {
  const seccompProfile = seccomp === undefined || seccomp === "Localhost" ? undefined : { type: seccomp };
  return { runAsNonRoot, runAsUser, runAsGroup, seccompProfile };
}

function affinityOf({ nodeAffinity, affinity, antiAffinity }: PodFacts): Fields | undefined {
  if (!nodeAffinity && !affinity && !antiAffinity) return undefined;
  return {
    nodeAffinity,
    podAffinity: affinity && nearOf(affinity),
    podAntiAffinity: antiAffinity && nearOf(antiAffinity),
  };
}

/** Facts do not contain the weight of a preference; most use this one. */
const weight = 100;

function nearOf(terms: readonly Near[]): Fields {
  const term = ({ topologyKey, sameLabels, labels, expressions }: Near) => ({
    topologyKey,
    labelSelector: selectorOf({ labels, expressions }),
    matchLabelKeys: sameLabels,
  });
  const required = terms.filter((one) => one.required).map(term);
  const preferred = terms.filter((one) => !one.required).map(term);
  return {
    requiredDuringSchedulingIgnoredDuringExecution: required.length > 0 ? required : undefined,
    preferredDuringSchedulingIgnoredDuringExecution:
      preferred.length > 0 ? preferred.map((podAffinityTerm) => ({ weight, podAffinityTerm })) : undefined,
  };
}

/** No selector without labels and expressions: an empty one would select everything. */
function selectorOf({ labels, expressions }: Pick<Near, "labels" | "expressions">): Fields | undefined {
  return labels || expressions
    ? { matchLabels: labels ?? undefined, matchExpressions: expressions }
    : undefined;
}

/** A volume of the kind in the facts; kinds that need a driver become empty folders. */
function volumeOf(facts: string): Fields {
  const [kind, name = "", ...rest] = facts.replace(/ optional$/, "").split(" ");
  switch (kind) {
    case "secret":
      return { secret: { secretName: name, optional: true } };
    case "configMap":
      return { configMap: { name, optional: true } };
    case "claim":
      return { persistentVolumeClaim: { claimName: name } };
    case "hostPath":
      return { hostPath: { path: name || "/" } };
    case "projected":
      return { projected: { sources: [{ serviceAccountToken: { path: "token" } }] } };
    case "downwardAPI":
      return { downwardAPI: { items: [] } };
    default:
      return { emptyDir: kind === "emptyDir" ? emptyDirOf([name, ...rest]) : {} };
  }
}

/** Size and medium of an empty folder, either of which may be missing. */
function emptyDirOf(words: readonly string[]): Fields {
  return {
    sizeLimit: words.find((word) => /^\d/.test(word)),
    medium: words.find((word) => /^[A-Z]/.test(word)),
  };
}
