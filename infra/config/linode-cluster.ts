import { z } from "zod";
import { addressRange } from "./linode-addresses";
import { nodePoolSchema } from "./linode-node-pools";

/** A cluster that this stack makes and keeps. */
export const ownedClusterSchema = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[a-z][a-z0-9-]{1,24}[a-z0-9]$/,
        "3 to 26 lower-case letters, digits and -, starting with a letter",
      )
      .describe(
        "The cluster's label, unique in the Linode account; short enough to name what belongs to it. (C5)",
      )
      .meta({ examples: ["ai-prod"] }),
    version: z
      .string()
      .regex(/^1\.\d{2}$/, "major and minor version, in quotes so that YAML does not read a number")
      .describe("Kubernetes version, as `major.minor`; LKE applies patch releases by itself. (C5, D4)")
      .meta({ examples: ["1.35"] }),
    highAvailability: z
      .boolean()
      .default(true)
      .describe(
        "Whether the control plane runs three times, with an uptime guarantee, for a monthly charge. LKE cannot take it back once given. (C5)",
      )
      .meta({ examples: [true] }),
    controlPlaneCidrs: z
      .array(addressRange)
      .min(1, "name at least the range that this program runs from, or the cluster cannot be reached")
      .describe("Address ranges that may reach the Kubernetes API; all others are turned away. (C5)")
      .meta({ examples: [["203.0.113.0/24"]] }),
    systemPool: nodePoolSchema
      .pick({ plan: true, nodes: true })
      .default({ plan: "g6-standard-4", nodes: 3 })
      .describe(
        "The small pool of fixed size that LKE wants a cluster to be born with. It runs cluster DNS and the like; pods without a node selector may land there too. (C5)",
      )
      .meta({ examples: [{ plan: "g6-standard-4", nodes: 3 }] }),
  })
  .describe("A cluster that this stack owns. (C5)");

/** A cluster that another stack owns. */
export const referredClusterSchema = z
  .strictObject({
    stack: z
      .string()
      .regex(
        /^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/,
        "organization/project/stack; with a backend of your own the organization is always the word organization",
      )
      .describe("The stack that owns the cluster, in full. (D3)")
      .meta({ examples: ["organization/ai-platform/prod"] }),
    name: z
      .string()
      .min(1)
      .optional()
      .describe("The cluster's name in the stack that owns it. Left out: the same as here. (D3)")
      .meta({ examples: ["linode"] }),
  })
  .describe("A cluster that another stack owns and shares. (D3)");

export type OwnedLinodeCluster = z.infer<typeof ownedClusterSchema>;
export type ReferredLinodeCluster = z.infer<typeof referredClusterSchema>;

/** Whether this stack owns the cluster, or another shares it (D3). */
export function isOwned(cluster: OwnedLinodeCluster | ReferredLinodeCluster): cluster is OwnedLinodeCluster {
  return !("stack" in cluster);
}
