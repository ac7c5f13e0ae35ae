import { z } from "zod";
import type { State } from "../sandbox/engine/state";
import type { PoolLimits } from "./elastic-pool";

const nodeGroup = z.object({
  nodeGroupName: z.string(),
  scalingConfig: z.object({ minSize: z.number(), maxSize: z.number() }),
});
const autoscaler = z.object({ min: z.number(), max: z.number() }).optional();
const lkePool = z.object({ clusterId: z.union([z.string(), z.number()]), autoscaler });
const lkeCluster = z.object({
  pools: z.array(z.object({ id: z.union([z.string(), z.number()]), autoscaler })),
});

/** Between which sizes a stack's pools may move, by the names that their clouds gave them; none: they stay as they are. */
export function poolLimits({ resources }: State): ReadonlyMap<string, PoolLimits> {
  return new Map(
    resources.flatMap(({ type, id = "", outputs }) => {
      switch (type) {
        case "aws:eks/nodeGroup:NodeGroup": {
          const { nodeGroupName, scalingConfig } = nodeGroup.parse(outputs);
          return [
            [nodeGroupName, { minimum: scalingConfig.minSize, maximum: scalingConfig.maxSize }] as const,
          ];
        }
        case "linode:index/lkeNodePool:LkeNodePool": {
          const pool = lkePool.parse(outputs);
          return limited(`lke${pool.clusterId}-${id}`, pool.autoscaler);
        }
        case "linode:index/lkeCluster:LkeCluster":
          return lkeCluster
            .parse(outputs)
            .pools.flatMap((pool) => limited(`lke${id}-${pool.id}`, pool.autoscaler));
        default:
          return [];
      }
    }),
  );
}

function limited(
  name: string,
  bounds: z.infer<typeof autoscaler>,
): readonly (readonly [string, PoolLimits])[] {
  return bounds === undefined ? [] : [[name, { minimum: bounds.min, maximum: bounds.max }]];
}
