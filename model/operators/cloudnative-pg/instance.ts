import { securityOf } from "../../facts/of-container";
import type { ContainerFacts, PodFacts } from "../../facts/pod";
import { listAt } from "../../facts/read";
import type { OperatorContext } from "../operator";
import { overSecurity, refsOf } from "../parts/container";
import type { Made } from "../parts/made";
import { type Placement, placed } from "../parts/placement";
import { restrictedReadOnly } from "../parts/security";
import { archives, sidecar } from "./barman";
import { databaseLabels, roleLabels } from "./labels";
import { type Cluster, operatorImage } from "./spec";

const statusPort = 8000;

/** One server of a cluster: the first is the primary once everything is up. */
export function instance(cluster: Cluster, serial: number, around: OperatorContext): Made {
  const { name } = cluster;
  const server = instanceName(cluster, serial);
  const pod = serverPod(cluster, serial, {
    ...databaseLabels(cluster),
    "cnpg.io/cluster": name,
    "cnpg.io/instanceName": server,
    "cnpg.io/podRole": "instance",
    ...roleLabels(serial === 1 ? "primary" : "replica"),
  });
  const plugged = archives(cluster);
  const mounts = pod.mounts.filter((path) => path !== "/run");
  return {
    kind: "Pod",
    name: server,
    after: `PersistentVolumeClaim/${server}`,
    pod: {
      ...pod.facts,
      grace: cluster.spec.stopDelay,
      volumes: [...pod.volumes, ...(plugged ? ["emptyDir"] : [])],
      containers: [
        pod.bootstrap,
        ...(plugged ? [sidecar(cluster, mounts, around)] : []),
        postgres(cluster, [...pod.mounts, ...(plugged ? ["/plugins"] : [])]),
      ],
    },
  };
}

export function instanceName({ name }: Cluster, serial: number): string {
  return `${name}-${serial}`;
}

interface ServerPod {
  readonly facts: Omit<PodFacts, "containers">;
  readonly volumes: readonly string[];
  readonly mounts: readonly string[];
  readonly bootstrap: ContainerFacts;
}

/** What the pods of instances and of their preparing Jobs have in common. */
export function serverPod(
  cluster: Cluster,
  serial: number,
  labels: Readonly<Record<string, string>>,
): ServerPod {
  const { spec, account } = cluster;
  const claim = instanceName(cluster, serial);
  const wal = spec.walStorage !== undefined;
  const given = securityOf(spec.podSecurityContext);
  const mounts = [
    "/controller",
    "/dev/shm",
    "/run",
    "/var/lib/postgresql/data",
    ...(wal ? ["/var/lib/postgresql/wal"] : []),
  ];
  return {
    facts: {
      labels: { ...labels },
      serviceAccount: account,
      ...placed(placementIn(cluster)),
      security: {
        ...(given ?? { runAsNonRoot: true, fsGroup: spec.postgresGID }),
        runAsUser: given?.runAsUser ?? spec.postgresUID,
        runAsGroup: given?.runAsGroup ?? spec.postgresGID,
        seccomp: given?.seccomp ?? "RuntimeDefault",
      },
    },
    volumes: [`claim ${claim}`, ...(wal ? [`claim ${claim}-wal`] : []), "emptyDir", "emptyDir Memory"],
    mounts,
    bootstrap: {
      name: "bootstrap-controller",
      init: true,
      image: operatorImage,
      resources: spec.resources,
      mounts: [...mounts],
      security: securityIn(cluster),
    },
  };
}

/** A container with the cluster's image and environment. */
export function ofCluster(
  cluster: Cluster,
  facts: Omit<ContainerFacts, "image" | "security">,
): ContainerFacts {
  const { spec, image } = cluster;
  const all = [...refsOf(spec), ...(facts.refs ?? [])];
  return {
    ...facts,
    image,
    resources: spec.resources,
    refs: all.length > 0 ? all : undefined,
    security: securityIn(cluster),
  };
}

function securityIn({ spec }: Cluster): ContainerFacts["security"] {
  return overSecurity(restrictedReadOnly, securityOf(spec.securityContext));
}

function postgres(cluster: Cluster, mounts: string[]): ContainerFacts {
  return ofCluster(cluster, {
    name: "postgres",
    ports: [
      { name: "postgresql", port: 5432 },
      { name: "metrics", port: 9187 },
      { name: "status", port: statusPort },
    ],
    mounts,
    probes: { startup: statusPort, liveness: statusPort, readiness: statusPort },
  });
}

function placementIn({ name, spec }: Cluster): Placement {
  const { affinity } = spec;
  const others = {
    topologyKey: affinity.topologyKey,
    labelSelector: { matchLabels: { "cnpg.io/cluster": name, "cnpg.io/podRole": "instance" } },
  };
  const {
    additionalPodAntiAffinity: more,
    enablePodAntiAffinity: apart,
    podAntiAffinityType: type,
  } = affinity;
  const required = apart && type === "required" ? [others] : [];
  const preferred = apart && type === "preferred" ? [{ weight: 100, podAffinityTerm: others }] : [];
  return {
    affinity: {
      nodeAffinity: affinity.nodeAffinity,
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          ...required,
          ...listAt(more, "requiredDuringSchedulingIgnoredDuringExecution"),
        ],
        preferredDuringSchedulingIgnoredDuringExecution: [
          ...preferred,
          ...listAt(more, "preferredDuringSchedulingIgnoredDuringExecution"),
        ],
      },
    },
    nodeSelector: affinity.nodeSelector,
    tolerations: affinity.tolerations,
    topologySpreadConstraints: spec.topologySpreadConstraints,
    priorityClassName: spec.priorityClassName,
  };
}
