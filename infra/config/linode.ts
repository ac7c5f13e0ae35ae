import { z } from "zod";
import { type LinodeRegionId, linodeRegions } from "../../facts/linode-regions";
import { ownedClusterSchema, referredClusterSchema } from "./linode-cluster";
import { databasesSchema } from "./linode-databases";
import { dnsSchema } from "./linode-dns";
import { nodePoolSchema, planSchema } from "./linode-node-pools";
import { entryName, objectStorageSchema } from "./linode-object-storage";

function isRegion(id: string): id is LinodeRegionId {
  return Object.hasOwn(linodeRegions, id);
}

/** The configuration of a cluster of LKE before its parts are held against each other. */
export const linodeShape = z.strictObject({
  cloud: z
    .literal("linode")
    .describe("The cluster is one of LKE.")
    .meta({ examples: ["linode"] }),
  region: z
    .enum(Object.keys(linodeRegions).filter(isRegion))
    .describe("The region of everything in this section. (C5)")
    .meta({ examples: ["fr-par"] }),
  regionPlans: z
    .array(planSchema)
    .default([])
    .describe(
      "Plans that the region has come to offer since this program's table of regions was made; `linode-cli regions list-avail` tells. (D10)",
    )
    .meta({ examples: [["g3-gpu-rtxpro6000-blackwell-1"]] }),
  cluster: z
    .union([ownedClusterSchema, referredClusterSchema])
    .describe(
      "The LKE cluster: one of this stack's own, or one that another stack owns and shares. (C5, D3)",
    ),
  nodePools: z
    .record(entryName, nodePoolSchema)
    .default({})
    .describe("Node pools of a cluster that this stack owns, by name. (C5)")
    .meta({ examples: [{ baseline: { plan: "g6-standard-8", autoscaler: { minimum: 3, maximum: 10 } } }] }),
  objectStorage: objectStorageSchema.optional(),
  databases: databasesSchema,
  dns: dnsSchema.optional(),
});

/** The configuration of a cluster of LKE. */
export type LinodeConfig = z.infer<typeof linodeShape>;
