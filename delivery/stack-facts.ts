import { z } from "zod";
import { stackSchema } from "../apps/registry";
import { Failure } from "../cli/failure";
import { environmentSchema } from "../infra/config/environment";
import { platformSchema } from "../infra/config/platform";
import { sizesSchema } from "../infra/config/sizes";

import { readStackFile } from "./stack-file";

/** The part of a stack's configuration that delivery uses; `up` and `preview` check all of it. */
const facts = z.object({
  environment: environmentSchema,
  systems: stackSchema.shape.systems,
  platform: platformSchema,
  sizes: sizesSchema,
  aws: z
    .looseObject({
      accountId: z.string(),
      region: z.string(),
      cluster: z.looseObject({ name: z.string(), version: z.string() }),
      nodePools: z
        .record(
          z.string(),
          z.looseObject({
            instanceTypes: z.array(z.string()),
            maximum: z.number(),
            onDemandPercent: z.number().default(100),
          }),
        )
        .default({}),
    })
    .optional(),
  linode: z
    .looseObject({
      region: z.string(),
      cluster: z.looseObject({ stack: z.string().optional(), version: z.string().optional() }),
    })
    .optional(),
  local: z.looseObject({ context: z.string() }).optional(),
});

/** The part of a stack file that delivery uses. */
export type StackFacts = z.infer<typeof facts> & { readonly stack: string };

/**
 * Reads Pulumi.<stack>.yaml. @throws Failure when it does not exist, or lacks something that delivery needs
 */
export function readStackFacts(projectDirectory: string, stack: string): StackFacts {
  const read = facts.safeParse(readStackFile(projectDirectory, stack).own);
  if (!read.success) {
    throw new Failure(`Pulumi.${stack}.yaml: ${z.prettifyError(read.error)}`);
  }
  return { ...read.data, stack };
}
