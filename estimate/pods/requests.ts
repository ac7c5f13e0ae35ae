import { z } from "zod";
import { larger, nothing, onePod, parseResources, type Resources, sum } from "../resources";
import { schedulingSpec } from "../scheduling";

const quantities = z.record(z.string(), z.union([z.string(), z.number()]));

export const containerResources = z.object({ requests: quantities.default({}) }).default({ requests: {} });

const container = z.object({ resources: containerResources, restartPolicy: z.string().optional() });

/** The part of a pod's spec that says what it needs. */
export const podSpec = schedulingSpec.extend({
  containers: z.array(container).default([]),
  initContainers: z.array(container).default([]),
  priorityClassName: z.string().optional(),
});

export type PodSpec = z.infer<typeof podSpec>;

/**
 * What the scheduler sets aside for a pod: its containers and the sidecars among its init containers together, or what
 * the largest of the other init containers needs, whichever is more.
 */
export function requestsOf({
  containers,
  initContainers,
}: Pick<PodSpec, "containers" | "initContainers">): Resources {
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === "Always");
  const first = initContainers.filter(({ restartPolicy }) => restartPolicy !== "Always");
  const running = sum([...containers, ...sidecars].map(ofContainer));
  return sum([first.map(ofContainer).reduce(larger, running), onePod]);
}

export function ofContainer({
  resources,
}: {
  readonly resources: z.infer<typeof containerResources>;
}): Resources {
  return { ...nothing, ...parseResources(resources.requests) };
}
