import type { StackPolicy } from "../policy";
import type { Resource } from "../resource";
import type { Stack } from "../stack";
import { at, unknown } from "../value";
import { kindOf, ofKind } from "./objects";
import type { PodTemplate } from "./pod-template";
import { podTemplatesOf, workloadKinds } from "./pods";
import { mayRunOn, type Pool, poolsOf } from "./pools";
import { gpuResource, type Requests, requestsOf } from "./quantities";
import { count, smallestReplicas } from "./replicas";

export const capacity: StackPolicy = {
  id: "kubernetes-capacity",
  scope: "stack",
  what: "Each pod fits on a node that it may run on, and all together fit on the most nodes that their pools grow to.",
  why: "What does not fit waits for ever: for a node that no pool can make, or for one more than it may.",
  severity: "medium",
  standards: ["K2", "K5"],
  remediation:
    "Lower resources.requests or the number of replicas, or raise the pool's instance type, scalingConfig.maxSize or autoscaler.max.",
  *validate(stack) {
    const pools = poolsOf(stack);
    if (pools === undefined || pools.length === 0) return;
    const groups = new Map<string, Group>();
    for (const resource of ofKind(stack, ...workloadKinds)) {
      for (const template of podTemplatesOf(resource)) {
        const possible = pools.filter((pool) => mayRunOn(template, pool) !== "no");
        const requests = requestsOf(template);
        const large = tooLarge(requests, possible);
        if (large !== undefined) yield { resource, message: large };
        const key = possible.map(({ name }) => name).join(", ");
        const group = groups.get(key) ?? { pools: possible, members: [] };
        group.members.push({ resource, requests, pods: podsOf(stack, resource, template) });
        groups.set(key, group);
      }
    }
    const all = [...groups.values()];
    for (const [names, group] of groups) {
      const short = shortage(group, all);
      const isSaid = confinedTo(group, all).some((one) => one !== group && shortage(one, all) !== undefined);
      const [first] = group.members;
      if (short !== undefined && !isSaid && first) {
        yield {
          resource: first.resource,
          message: `the pools ${names} have ${short}: raise their most nodes.`,
        };
      }
    }
  },
};

interface Group {
  readonly pools: readonly Pool[];
  readonly members: Member[];
}

interface Member {
  readonly resource: Resource;
  readonly requests: Requests;
  readonly pods: number | typeof unknown;
}

const measures = [
  ["cpu", "CPU"],
  ["memory", "GiB"],
  ["gpus", gpuResource],
] as const;

function tooLarge(requests: Requests, pools: readonly Pool[]): string | undefined {
  if (pools.length === 0 || pools.some(({ machine }) => machine === undefined)) return undefined;
  const fits = pools.some(({ machine }) =>
    measures.every(([measure]) => {
      const asked = requests[measure];
      return asked === unknown || machine === undefined || asked <= machine[measure];
    }),
  );
  if (fits) return undefined;
  const asked = measures.flatMap(([measure, unit]) => {
    const amount = requests[measure];
    return amount === unknown || amount === 0 ? [] : [`${amount} ${unit}`];
  });
  return `a pod asks for ${asked.join(", ")}, more than any node that it may run on has.`;
}

/**
 * What is missing for the pods that can run only in a group's pools, with the fewest pods that there ever
 * are.
 */
function shortage(group: Group, groups: readonly Group[]): string | undefined {
  const { pools } = group;
  const confined = confinedTo(group, groups);
  for (const [measure, unit] of measures) {
    let available = 0;
    for (const { machine, most } of pools) {
      if (machine === undefined || most === unknown) return undefined;
      available += machine[measure] * most;
    }
    let asked = 0;
    for (const { requests, pods } of confined.flatMap(({ members }) => members)) {
      const each = requests[measure];
      // Unknown requests can only add to the total.
      if (each !== unknown && pods !== unknown) asked += each * pods;
    }
    if (pools.length > 0 && asked > available) return `${available} ${unit} for ${asked}`;
  }
  return undefined;
}

/** The groups whose pods can run only in a group's pools; the group itself is one of them. */
function confinedTo({ pools }: Group, groups: readonly Group[]): readonly Group[] {
  return groups.filter((one) => one.pools.length > 0 && one.pools.every((pool) => pools.includes(pool)));
}

/** The minimum number of pods; pods that run on every node are not counted. */
function podsOf(stack: Stack, resource: Resource, { finishes }: PodTemplate): number | typeof unknown {
  const kind = kindOf(resource.type);
  if (kind === "apps/DaemonSet") return unknown;
  if (!finishes) return smallestReplicas(stack, resource);
  const job = kind === "batch/CronJob" ? at(resource.properties, "spec", "jobTemplate") : resource.properties;
  return count(at(job, "spec", "parallelism"));
}
