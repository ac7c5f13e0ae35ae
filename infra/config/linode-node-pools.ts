import { z } from "zod";
import type { LinodePlanId } from "../../facts/linode-plans";
import { linodePlans } from "../../facts/linode-plans";

/** Most nodes in one pool of the standard tier. Source: Linode's console, MAX_NODES_PER_POOL_STANDARD_TIER (2025-12). */
export const maximumNodesPerPool = 100;

/** What Linode refuses in a label's or a taint's key. Source: Linode's console, validation of node pool labels (2025-12). */
const reservedDomain = /kubernetes\.io|linode\.com/;
const simpleName = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const keyName = /^([a-z0-9]([a-z0-9.-]{0,60}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

function isPlan(id: string): id is LinodePlanId {
  return Object.hasOwn(linodePlans, id);
}

/** A plan of the table. Whether LKE and the region take it is for the rules to say, which can explain why not. */
export const planSchema = z.enum(Object.keys(linodePlans).filter(isPlan));

const labelKey = z
  .string()
  .regex(keyName, "a key has at most 63 letters, digits, -, _ and ., with an optional domain and / before it")
  .refine((key) => !reservedDomain.test(key), {
    error: "Linode keeps the domains kubernetes.io and linode.com to itself; take a domain of your own",
  });

const labelValue = z
  .string()
  .regex(
    simpleName,
    "a value has 1 to 63 letters, digits, -, _ and ., and starts and ends with a letter or digit",
  );

const nodeCount = z.int().min(1).max(maximumNodesPerPool);

const taintSchema = z.strictObject({
  key: labelKey.describe("The taint's key. (C5)").meta({ examples: ["nvidia.com/gpu"] }),
  value: labelValue.describe("The taint's value. (C5)").meta({ examples: ["present"] }),
  effect: z
    .enum(["NoSchedule", "PreferNoSchedule", "NoExecute"])
    .describe("What happens to pods that do not tolerate the taint. (C5)")
    .meta({ examples: ["NoSchedule"] }),
});

/** One pool of like nodes, created and sized apart from the cluster. */
export const nodePoolSchema = z
  .strictObject({
    plan: planSchema
      .describe(
        "The Linode plan of each node; it says how many vCPUs, how much memory and which GPUs. (C5, D10)",
      )
      .meta({ examples: ["g6-standard-8"] }),
    nodes: nodeCount
      .optional()
      .describe(
        "How many nodes. With an autoscaler: how many it starts with, by default its minimum. Without one it must be given. (C5)",
      )
      .meta({ examples: [2] }),
    autoscaler: z
      .strictObject({
        minimum: nodeCount
          .describe("The fewest nodes that the autoscaler leaves. (C5, C10)")
          .meta({ examples: [3] }),
        maximum: nodeCount
          .describe("The most nodes that the autoscaler starts. (C5, C10)")
          .meta({ examples: [10] }),
      })
      .optional()
      .describe("Between which bounds LKE's autoscaler sizes the pool. Left out: people size it. (C5, C10)"),
    labels: z
      .record(labelKey, labelValue)
      .default({})
      .describe("Labels on every node, beside `ai-platform/pool`, which is the pool's name. (C5)")
      .meta({ examples: [{ "workload-type": "baseline" }] }),
    taints: z
      .array(taintSchema)
      .default([])
      .describe("Taints on every node: only pods that tolerate them land there. (C5)")
      .meta({ examples: [[{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }]] }),
    spot: z
      .literal(false, {
        error:
          "LKE has no spot pools: every node is billed and kept as regular capacity. Leave the key out, or place the workload on AWS",
      })
      .optional()
      .describe("Always false: LKE has no spot pools. (C4, D10)"),
  })
  .describe("A group of like nodes. (C5)");

/** One pool of like nodes. */
export type LinodeNodePoolConfig = z.infer<typeof nodePoolSchema>;

/** Between which numbers of nodes a pool moves, and how many it starts with. */
export interface PoolSize {
  readonly initial: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** The size of a pool. A pool without an autoscaler has one size only. */
export function sizeOf({ nodes, autoscaler }: Pick<LinodeNodePoolConfig, "nodes" | "autoscaler">): PoolSize {
  if (autoscaler !== undefined) return { initial: nodes ?? autoscaler.minimum, ...autoscaler };
  const fixed = nodes ?? 0;
  return { initial: fixed, minimum: fixed, maximum: fixed };
}
