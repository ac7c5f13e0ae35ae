import { createHash } from "node:crypto";
import type { PodGroup } from "../../estimate/pods";
import { isStatus, type KubernetesObject } from "../cluster/api";
import type { DrillCluster } from "./drill-cluster";

/** Annotation of workloads that a drill has put in the place of an operator's or a chart's pods. */
export const standInLabel = "sandbox.ai-platform/stand-in";

/** Label of the workload whose members have no vote. */
export const standbyLabel = "sandbox.ai-platform/standby";

interface PriorityClass extends KubernetesObject {
  readonly value: number;
}

/**
 * Puts pods where operators and charts that do not run in the sandbox would have theirs: as many, as large, and under the
 * same rules. Without them clusters would look emptier than they are, and the disruption budgets of stores would have
 * nothing to guard. Answers with what the API server refused.
 */
export async function putStandIns(
  cluster: DrillCluster,
  groups: readonly PodGroup[],
): Promise<readonly string[]> {
  const refused: string[] = [];
  const classes = await priorityClasses(cluster);
  for (const group of groups) {
    try {
      await cluster.api.create(`${pathOf(group)}`, standInFor(group, classes.get(group.priority)));
    } catch (error) {
      if (!isStatus(error, 400, 403, 404, 409, 422)) {
        throw error;
      }
      refused.push(`${group.namespace}/${group.name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return refused;
}

/** Names of the cluster's priority classes, by their values: the planned pods know the values alone. */
async function priorityClasses(cluster: DrillCluster): Promise<ReadonlyMap<number, string>> {
  const { items } = await cluster.api.list<PriorityClass>("/apis/scheduling.k8s.io/v1/priorityclasses");
  return new Map(items.map(({ metadata, value }) => [value, metadata.name]));
}

/** Takes them all away again. */
export async function removeStandIns(cluster: DrillCluster): Promise<void> {
  for (const resource of ["statefulsets", "deployments", "daemonsets"]) {
    const { items } = await cluster.api.list(
      `/apis/apps/v1/${resource}?labelSelector=${encodeURIComponent(standInLabel)}`,
    );
    for (const { metadata } of items) {
      await cluster.api.delete(
        `/apis/apps/v1/namespaces/${metadata.namespace}/${resource}/${metadata.name}`,
        { propagationPolicy: "Background" },
      );
    }
  }
  await cluster.settled(() =>
    cluster.live.all.every(({ metadata }) => metadata.labels?.[standInLabel] === undefined),
  );
}

function kindOf({ kind, onEveryNode }: PodGroup): "StatefulSet" | "Deployment" | "DaemonSet" {
  if (onEveryNode) {
    return "DaemonSet";
  }
  return kind === "Release" || kind === "Pooler" || kind === "Kibana" || kind === "Kafka"
    ? "Deployment"
    : "StatefulSet";
}

function pathOf(group: PodGroup): string {
  return `/apis/apps/v1/namespaces/${group.namespace}/${kindOf(group).toLowerCase()}s`;
}

function standInFor(group: PodGroup, priorityClassName: string | undefined): object {
  const { namespace, scheduling, requests } = group;
  const name = nameOf(group);
  const own = { [standInLabel]: name };
  const quantities = {
    cpu: `${requests.cpuMillis}m`,
    memory: `${Math.ceil(requests.memoryMib)}Mi`,
    ...(requests.gpus > 0 && { "nvidia.com/gpu": String(requests.gpus) }),
  };
  const kind = kindOf(group);
  return {
    apiVersion: "apps/v1",
    kind,
    metadata: { name, namespace, labels: { ...own, ...(group.standby && { [standbyLabel]: "true" }) } },
    spec: {
      ...(kind !== "DaemonSet" && { replicas: group.replicas.desired }),
      ...(kind === "StatefulSet" && { serviceName: name, podManagementPolicy: "Parallel" }),
      ...(kind === "Deployment" && { strategy: strategyOf(group) }),
      selector: { matchLabels: own },
      template: {
        metadata: { labels: { ...scheduling.kindLabels, ...own } },
        spec: {
          automountServiceAccountToken: false,
          priorityClassName,
          nodeSelector: scheduling.nodeSelector,
          tolerations: scheduling.tolerations,
          affinity: affinityOf(group, own),
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65532,
            seccompProfile: { type: "RuntimeDefault" },
          },
          containers: [
            {
              name: "stand-in",
              image: "registry.k8s.io/pause:3.10",
              resources: { requests: quantities, limits: quantities },
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
            },
          ],
        },
      },
    },
  };
}

/** Members that are kept apart have no node to spare for one more: as their operators do it, the old pod goes first. */
function strategyOf({ scheduling: { apart } }: PodGroup): object {
  return {
    type: "RollingUpdate",
    rollingUpdate: apart.length > 0 ? { maxSurge: 0, maxUnavailable: 1 } : { maxSurge: 1, maxUnavailable: 0 },
  };
}

function affinityOf({ scheduling }: PodGroup, own: Readonly<Record<string, string>>): object {
  const { required, preferred, apart } = scheduling;
  return {
    nodeAffinity: {
      ...(required.length > 0 && {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: required },
      }),
      preferredDuringSchedulingIgnoredDuringExecution: preferred,
    },
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: apart.map((topologyKey) => ({
        topologyKey,
        labelSelector: { matchLabels: own },
      })),
    },
  };
}

/** Never the name of the real thing, and short enough for a StatefulSet's pods. */
function nameOf({ name, kind }: PodGroup): string {
  const digest = createHash("sha256").update(`${kind}/${name}`).digest("hex").slice(0, 6);
  return `stand-in-${name.slice(0, 30)}-${digest}`;
}
