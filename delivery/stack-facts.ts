import { z } from "zod";
import { stackSchema } from "../apps/registry";
import { Failure } from "../cli/failure";
import { environmentSchema } from "../infra/config/environment";
import { platformSchema } from "../infra/config/platform";
import { sizesSchema } from "../infra/config/sizes";
import { readStackFile } from "./stack-file";

const aws = z.looseObject({
  cloud: z.literal("aws"),
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
});
const linode = z.looseObject({
  cloud: z.literal("linode"),
  region: z.string(),
  cluster: z.looseObject({
    stack: z.string().optional(),
    name: z.string().optional(),
    version: z.string().optional(),
  }),
});
const local = z.looseObject({ cloud: z.literal("local"), context: z.string() });

/** As much of a stack's configuration as deliveries look at; `up` and `preview` check all of it. */
const facts = z.object({
  environment: environmentSchema,
  systems: stackSchema.shape.systems,
  platform: platformSchema,
  sizes: sizesSchema,
  clusters: z.record(z.string(), z.discriminatedUnion("cloud", [aws, linode, local])),
});

/** The part of a stack file that delivery uses. */
export type StackFacts = z.infer<typeof facts> & { readonly stack: string };

/** What the file says of a cluster of EKS. */
export type AwsFacts = z.infer<typeof aws>;

/** What the file says of a cluster on any cloud. */
export type ClusterFacts = StackFacts["clusters"][string];

/** Reads Pulumi.<stack>.yaml. @throws Failure when there is none, or when it does not say what is needed */
export function readStackFacts(projectDirectory: string, stack: string): StackFacts {
  const read = facts.safeParse(readStackFile(projectDirectory, stack).own);
  if (!read.success) {
    throw new Failure(`Pulumi.${stack}.yaml: ${z.prettifyError(read.error)}`);
  }
  return { ...read.data, stack };
}
