import type { ObjectOf } from "../cluster/kinds";
import { atlasNamespace, hosts, type LiveCluster } from "../cluster/live-cluster";
import { type Finding, type Row, verdictOf } from "../row";
import { describe, differs, missing, nameOf } from "./findings";

const seed = "001 Auto-scaling Configuration, Horizontal Pod Autoscaler";

/** 001's demands on an autoscaler. */
interface Wanted {
  readonly workload: string;
  readonly title: string;
  readonly cpu: number;
  readonly memory: number;
  /** A metric of the pods, and its target for each pod. */
  readonly pods?: readonly [metric: string, averageValue: string];
  /** Seconds after which it may grow again: 30 for WebSockets, otherwise 60. */
  readonly growsEvery: number;
  /** Replicas in production, unless the stack sets another size. */
  readonly range: readonly [minimum: number, maximum: number];
}

const wanted: readonly Wanted[] = [
  {
    workload: "ai-engine",
    title: "AI Engine scales at CPU 70 %, memory 80 % and 50 inferences a second",
    cpu: 70,
    memory: 80,
    pods: ["inference_requests_per_second", "50"],
    growsEvery: 60,
    range: [3, 20],
  },
  {
    workload: "market-data",
    title: "Market Data scales at CPU 60 %, memory 70 % and 500 connections, within 30 seconds",
    cpu: 60,
    memory: 70,
    pods: ["websocket_connections", "500"],
    growsEvery: 30,
    range: [3, 15],
  },
  {
    workload: "ab-testing",
    title: "A/B Testing scales at CPU 75 % and memory 80 %",
    cpu: 75,
    memory: 80,
    growsEvery: 60,
    range: [2, 10],
  },
];

/** Autoscaling policies. (001, A2, A5-A7) */
export const autoscalingRows: readonly Row<LiveCluster>[] = [
  ...wanted.map(
    (one): Row<LiveCluster> => ({
      id: `${one.workload}-scales`,
      title: one.title,
      seed,
      appliesTo: hosts("atlas"),
      check: (cluster) => {
        const namespace = atlasNamespace(cluster);
        const name = `${one.workload}-hpa`;
        const found = cluster.state.find("HorizontalPodAutoscaler", namespace, name);
        return verdictOf(
          found === undefined
            ? [missing("HorizontalPodAutoscaler", namespace, name)]
            : faultsOf(found, one, cluster),
        );
      },
    }),
  ),
  {
    id: "autoscalers-have-targets",
    title: "Every autoscaler has its workload, and no workload is scaled to nothing under it",
    seed,
    check: ({ state }) =>
      verdictOf(
        state.all("HorizontalPodAutoscaler").flatMap(({ metadata, spec }): readonly Finding[] => {
          const { kind, name } = spec.scaleTargetRef;
          if (kind !== "Deployment") return [];
          const target = state.find("Deployment", metadata.namespace, name);
          if (target === undefined) return [missing(kind, metadata.namespace, name)];
          // An autoscaler is inactive while its workload has no replicas, and never brings them back.
          return target.spec.replicas === 0
            ? [
                {
                  about: nameOf("HorizontalPodAutoscaler", metadata.namespace, metadata.name),
                  expected: `at least ${spec.minReplicas} replicas of ${name}`,
                  found: "0, with which it rests",
                  look: describe("Deployment", metadata.namespace, name),
                },
              ]
            : [];
        }),
      ),
  },
  {
    id: "vertical-recommends",
    title: "AI Engine's and Market Data's sizes are watched, and changed by people",
    seed: "001 Vertical Pod Autoscaler",
    appliesTo: (cluster) =>
      hosts("atlas")(cluster) && !cluster.facts.platform.without.includes("autoscaling"),
    check: (cluster) => {
      const namespace = atlasNamespace(cluster);
      const all = cluster.state.all("VerticalPodAutoscaler", namespace);
      return verdictOf(
        ["ai-engine", "market-data"].flatMap((workload) => {
          const found = all.find(({ spec }) => spec.targetRef.name === workload);
          return found === undefined
            ? [missing("VerticalPodAutoscaler", namespace, workload)]
            : differs(
                "VerticalPodAutoscaler",
                found.metadata,
                "mode",
                "Off",
                found.spec.updatePolicy.updateMode,
              );
        }),
      );
    },
  },
];

function faultsOf(
  { metadata, spec }: ObjectOf<"HorizontalPodAutoscaler">,
  { workload, cpu, memory, pods, growsEvery, range }: Wanted,
  { facts }: LiveCluster,
): readonly Finding[] {
  const kind = "HorizontalPodAutoscaler";
  const utilization = (resource: string) =>
    spec.metrics.find((metric) => metric.resource?.name === resource)?.resource?.target.averageUtilization;
  const average = (name: string) =>
    spec.metrics.find((metric) => metric.pods?.metric.name === name)?.pods?.target.averageValue;
  const { scaleUp, scaleDown } = spec.behavior;
  const { minimum = range[0], maximum = range[1] } = facts.sizes[workload] ?? {};
  return [
    ...differs(kind, metadata, "CPU %", cpu, utilization("cpu")),
    ...differs(kind, metadata, "memory %", memory, utilization("memory")),
    ...(pods ? differs(kind, metadata, pods[0], pods[1], average(pods[0])) : []),
    ...differs(
      kind,
      metadata,
      "growth",
      [`Percent 50/${growsEvery}s`, `Pods 2/${growsEvery}s`],
      steps(scaleUp),
    ),
    ...differs(kind, metadata, "shrinking", ["Percent 10/60s", "Pods 1/60s"], steps(scaleDown)),
    ...(facts.environment === "production"
      ? differs(kind, metadata, "range", [minimum, maximum], [spec.minReplicas, spec.maxReplicas])
      : []),
  ];
}

function steps(rules: ObjectOf<"HorizontalPodAutoscaler">["spec"]["behavior"]["scaleUp"]): readonly string[] {
  return (rules?.policies ?? [])
    .map(({ type, value, periodSeconds }) => `${type} ${value}/${periodSeconds}s`)
    .sort();
}
