import { z } from "zod";
import type { Model, Origin, Workload } from "../model/model";
import { type AtLevels, always } from "./levels";
import { type Quantities, requestsOf } from "./requests";
import type { Resources } from "./resources";
import { type Scheduling, schedulingOf } from "./scheduling";

/** Pods of one kind, that a stack wants to have a number of. */
export interface PodGroup {
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
  /** Kind of the object that makes them; `Pod` for those that an operator looks after one by one. */
  readonly kind: string;
  readonly system: string;
  readonly origin: Origin;
  /** What one pod asks for. */
  readonly requests: Resources;
  /** How many; of groups with one for each node, none are counted here. */
  readonly replicas: AtLevels;
  /** One on each node that they may run on, as a DaemonSet has them. */
  readonly onEveryNode: boolean;
  readonly scheduling: Scheduling;
  /** Value of their priority class: which is placed first. */
  readonly priority: number;
}

/** Priority classes that every API server has. */
const builtIn: ReadonlyMap<string, number> = new Map([
  ["system-cluster-critical", 2_000_000_000],
  ["system-node-critical", 2_000_001_000],
]);

/** All pods that stand once a plan is carried out. Jobs count at the largest size alone: they come and go; hooks never. */
export function podsOf(model: Model): readonly PodGroup[] {
  const standing = model.workloads.filter(({ hook }) => hook === undefined);
  const priorities = prioritiesOf(model);
  const bounds = autoscalersOf(model);
  const defaults = defaultsOf(model);
  return byGroup(standing).map(([workload, count]) => ({
    cluster: workload.cluster,
    namespace: workload.namespace,
    name: workload.kind === "Pod" ? ownName(workload) : workload.name,
    kind: workload.kind,
    system: workload.system,
    origin: workload.origin,
    requests: requestsOf(workload.pod, defaults.get(`${workload.cluster} ${workload.namespace}`)),
    replicas: replicasOf(workload, count, bounds.get(keyOf(workload, workload))),
    onEveryNode: workload.kind === "DaemonSet",
    scheduling: schedulingOf(workload.pod),
    priority:
      priorities.get(`${workload.cluster} ${workload.pod.priorityClass}`) ??
      builtIn.get(workload.pod.priorityClass ?? "") ??
      0,
  }));
}

/** Workloads with the number of pods of their kind: Pods that an operator made alike for one resource are one group. */
function byGroup(workloads: readonly Workload[]): readonly (readonly [Workload, number])[] {
  const groups = new Map<string, [Workload, number]>();
  for (const workload of workloads) {
    const { cluster, namespace, kind, name, pod } = workload;
    const alike = kind === "Pod" ? [ownName(workload), ...pod.containers.map((one) => one.name)] : [name];
    const key = [cluster, namespace, kind, ...alike].join(" ");
    const known = groups.get(key);
    groups.set(key, [known?.[0] ?? workload, (known?.[1] ?? 0) + 1]);
  }
  return [...groups.values()];
}

/** Of a Pod: the name of the custom resource that it was made for. */
function ownName({ owner, name }: Workload): string {
  return owner?.split("/").at(-1) ?? name;
}

function replicasOf(
  { kind, replicas }: Workload,
  count: number,
  between: { readonly minimum: number; readonly maximum: number } | undefined,
): AtLevels {
  switch (kind) {
    case "DaemonSet":
      return always(0);
    case "Job":
    case "CronJob":
      return { minimum: 0, desired: 0, maximum: replicas ?? 1 };
    case "Pod":
      return always(count);
    default:
      return {
        minimum: between?.minimum ?? replicas ?? 1,
        desired: replicas ?? between?.minimum ?? 1,
        maximum: between?.maximum ?? replicas ?? 1,
      };
  }
}

const priorityClass = z.looseObject({ value: z.number() });

function prioritiesOf(model: Model): ReadonlyMap<string, number> {
  return new Map(
    model
      .of("PriorityClass")
      .map(({ cluster, name, manifest }) => [`${cluster} ${name}`, priorityClass.parse(manifest).value]),
  );
}

const limitRange = z.looseObject({
  spec: z.object({
    limits: z.array(
      z.object({ type: z.string(), defaultRequest: z.record(z.string(), z.string()).default({}) }),
    ),
  }),
});

/** What namespaces give to containers that say nothing of a resource, by cluster and namespace. */
function defaultsOf(model: Model): ReadonlyMap<string, Quantities> {
  return new Map(
    model.of("LimitRange").map(({ cluster, namespace, manifest }) => {
      const limits = limitRange
        .parse(manifest)
        .spec.limits.filter(({ type }) => type === "Container")
        .map(({ defaultRequest }) => defaultRequest);
      return [`${cluster} ${namespace}`, Object.assign({}, ...limits)];
    }),
  );
}

const autoscaler = z.looseObject({
  spec: z.object({
    minReplicas: z.number().default(1),
    maxReplicas: z.number(),
    scaleTargetRef: z.object({ kind: z.string(), name: z.string() }),
  }),
});

function autoscalersOf(
  model: Model,
): ReadonlyMap<string, { readonly minimum: number; readonly maximum: number }> {
  return new Map(
    model.of("HorizontalPodAutoscaler").flatMap((object) => {
      const parsed = autoscaler.safeParse(object.manifest);
      if (!parsed.success) return [];
      const { scaleTargetRef, minReplicas, maxReplicas } = parsed.data.spec;
      return [[keyOf(object, scaleTargetRef), { minimum: minReplicas, maximum: maxReplicas }] as const];
    }),
  );
}

function keyOf(
  { cluster, namespace }: { readonly cluster: string; readonly namespace?: string },
  { kind, name }: { readonly kind: string; readonly name: string },
): string {
  return [cluster, namespace, kind, name].join("/");
}
