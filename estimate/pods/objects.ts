import { z } from "zod";
import type { Plan, PlannedResource } from "../../model/plan";
import type { AtLevels } from "../levels";
import { schedulingOf } from "../scheduling";
import { always, type PodGroup } from "./pod-group";
import { podSpec, requestsOf } from "./requests";

export const metadata = z.object({ name: z.string(), namespace: z.string().default("default") });
const template = z.object({ spec: podSpec });
const replicated = z.object({ metadata, spec: z.object({ replicas: z.number().optional(), template }) });
const job = z.object({ parallelism: z.number().default(1), template });

const autoscaler = z.object({
  metadata,
  spec: z.object({
    minReplicas: z.number().default(1),
    maxReplicas: z.number(),
    scaleTargetRef: z.object({ kind: z.string(), name: z.string() }),
  }),
});

/** Pods of Kubernetes' own workloads. Jobs count at the largest size alone: they come and go. */
export function podsOfObjects(plan: Plan, priorities: ReadonlyMap<string, number>): readonly PodGroup[] {
  const bounds = autoscalers(plan);
  const group = (
    kind: string,
    resource: PlannedResource<{ readonly metadata: z.infer<typeof metadata> }>,
    spec: z.infer<typeof podSpec>,
    replicas: AtLevels,
    onEveryNode = false,
  ): PodGroup => ({
    provider: resource.provider ?? "",
    ...resource.inputs.metadata,
    kind,
    system: resource.system,
    requests: requestsOf(spec),
    replicas,
    onEveryNode,
    scheduling: schedulingOf(spec),
    priority: priorities.get(spec.priorityClassName ?? "") ?? 0,
  });
  const replicatedKinds = ["Deployment", "StatefulSet"].flatMap((kind) =>
    plan.all(`kubernetes:apps/v1:${kind}`, replicated).map((resource) => {
      const { spec } = resource.inputs;
      const between = bounds.get(keyOf(resource.provider, kind, resource.inputs.metadata));
      return group(kind, resource, spec.template.spec, {
        minimum: between?.minimum ?? spec.replicas ?? 1,
        desired: spec.replicas ?? between?.minimum ?? 1,
        maximum: between?.maximum ?? spec.replicas ?? 1,
      });
    }),
  );
  const daemons = plan
    .all("kubernetes:apps/v1:DaemonSet", z.object({ metadata, spec: z.object({ template }) }))
    .map((resource) => group("DaemonSet", resource, resource.inputs.spec.template.spec, always(0), true));
  const atWork = (count: number): AtLevels => ({ minimum: 0, desired: 0, maximum: count });
  const jobs = plan
    .all("kubernetes:batch/v1:Job", z.object({ metadata, spec: job }))
    .map((resource) =>
      group("Job", resource, resource.inputs.spec.template.spec, atWork(resource.inputs.spec.parallelism)),
    );
  const cronJobs = plan
    .all(
      "kubernetes:batch/v1:CronJob",
      z.object({ metadata, spec: z.object({ jobTemplate: z.object({ spec: job }) }) }),
    )
    .map((resource) => {
      const { parallelism, template: pod } = resource.inputs.spec.jobTemplate.spec;
      return group("CronJob", resource, pod.spec, atWork(parallelism));
    });
  return [...replicatedKinds, ...daemons, ...jobs, ...cronJobs];
}

function autoscalers(
  plan: Plan,
): ReadonlyMap<string, { readonly minimum: number; readonly maximum: number }> {
  return new Map(
    plan.all("kubernetes:autoscaling/v2:HorizontalPodAutoscaler", autoscaler).map(({ provider, inputs }) => {
      const { scaleTargetRef, minReplicas, maxReplicas } = inputs.spec;
      const target = { name: scaleTargetRef.name, namespace: inputs.metadata.namespace };
      return [keyOf(provider, scaleTargetRef.kind, target), { minimum: minReplicas, maximum: maxReplicas }];
    }),
  );
}

function keyOf(
  provider: string | undefined,
  kind: string,
  { name, namespace }: z.infer<typeof metadata>,
): string {
  return [provider, kind, namespace, name].join("/");
}
