import { z } from "zod";
import type { Plan, PlannedResource } from "../../model/plan";
import { onePod, sum } from "../resources";
import { type Scheduling, schedulingOf, schedulingSpec } from "../scheduling";
import { type ChartPods, charts } from "./charts";
import { always, type PodGroup } from "./pod-group";
import { containerResources, ofContainer } from "./requests";

export const release = z.object({
  name: z.string(),
  namespace: z.string(),
  /** A chart's name, or the address of one in an OCI registry. */
  chart: z.string(),
  version: z.string(),
  values: z.record(z.string(), z.unknown()).default({}),
});

export type Release = z.infer<typeof release>;

export const releaseType = "kubernetes:helm.sh/v3:Release";

const component = schedulingSpec.extend({
  resources: containerResources,
  replicas: z.number().optional(),
  replicaCount: z.number().optional(),
  priorityClassName: z.string().optional(),
  /** As kube-prometheus-stack has it: `hard` keeps copies apart by the label that follows. */
  podAntiAffinity: z.string().optional(),
  podAntiAffinityTopologyKey: z.string().optional(),
});

/** Pods of Helm releases, as far as the values that the program sets speak of them. */
export function podsOfReleases(plan: Plan, priorities: ReadonlyMap<string, number>): readonly PodGroup[] {
  return plan
    .all(releaseType, release)
    .flatMap((resource) =>
      (charts[chartName(resource.inputs)]?.pods ?? [])
        .filter((pods) => existsWith(resource.inputs.values, pods))
        .map((pods) => group(resource, pods, priorities)),
    );
}

/** The chart's own name, without the registry that it comes from. */
export function chartName({ chart }: Pick<Release, "chart">): string {
  return chart.split("/").at(-1) ?? chart;
}

/** Dotted paths of all `requests` for CPU or memory in a release's values that the table of charts does not account for. */
export function unaccounted({ chart, values }: Release): readonly string[] {
  const known = charts[chartName({ chart })];
  const named = new Set([
    ...(known?.passing ?? []),
    ...(known?.pods ?? []).flatMap(({ at, sidecars = [] }) => [join(at, "resources"), ...sidecars]),
  ]);
  return requestPaths(values).filter((path) => !named.has(path));
}

function group(
  { inputs, provider = "", system }: PlannedResource<Release>,
  { name, at, sidecars = [], replicas: usual = 1, daemon = false, priorityClass }: ChartPods,
  priorities: ReadonlyMap<string, number>,
): PodGroup {
  const part = component.parse(atPath(inputs.values, at) ?? {});
  const further = sidecars.map((path) => containerResources.parse(atPath(inputs.values, path)));
  const containers = [part.resources, ...further].map((resources) => ofContainer({ resources }));
  const scheduling = schedulingOfPart(part);
  return {
    provider,
    namespace: inputs.namespace,
    name: name === "" ? inputs.name : `${inputs.name}-${name}`,
    kind: "Release",
    system,
    requests: sum([...containers, onePod]),
    replicas: always(daemon ? 0 : (part.replicas ?? part.replicaCount ?? usual)),
    onEveryNode: daemon,
    scheduling: daemon ? { ...scheduling, tolerations: [{ operator: "Exists", value: "" }] } : scheduling,
    priority: priorities.get(priorityClass ?? part.priorityClassName ?? "") ?? 0,
  };
}

function schedulingOfPart(part: z.infer<typeof component>): Scheduling {
  const scheduling = schedulingOf(part);
  const { podAntiAffinity, podAntiAffinityTopologyKey: label } = part;
  return podAntiAffinity === "hard" && label !== undefined
    ? { ...scheduling, apart: [...scheduling.apart, label] }
    : scheduling;
}

function existsWith(values: unknown, { onlyWith, onlyWithout }: ChartPods): boolean {
  return (
    (onlyWith === undefined || atPath(values, onlyWith) === true) &&
    (onlyWithout === undefined || atPath(values, onlyWithout) !== true)
  );
}

function atPath(values: unknown, path: string): unknown {
  const keys = path === "" ? [] : path.split(".");
  return keys.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null
        ? Object.entries(value).find(([own]) => own === key)?.[1]
        : undefined,
    values,
  );
}

function requestPaths(value: unknown, path = ""): readonly string[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  const requests = Object.entries(value).find(([key]) => key === "requests")?.[1];
  const computes = z.object({ cpu: z.unknown(), memory: z.unknown() }).safeParse(requests);
  return [
    ...(computes.success && (computes.data.cpu ?? computes.data.memory) !== undefined ? [path] : []),
    ...Object.entries(value).flatMap(([key, inner]) => requestPaths(inner, join(path, key))),
  ];
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
