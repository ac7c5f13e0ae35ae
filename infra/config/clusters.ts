import { z } from "zod";
import type { CloudName } from "../cluster/cloud";
import { awsSchema } from "./aws-schema";
import { linodeSchema } from "./linode-schema";
import { localSchema } from "./local";

/**
 * A cluster's name. Names of resources begin with it, and names of outputs, where it stands in camel case: `eu-west` has
 * `euWestKubeconfig`. So each of its words begins with a letter.
 */
const clusterName = z
  .string()
  .max(16, "at most 16 letters, since names of roles and node groups begin with it")
  .regex(
    /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/,
    "words of lower-case letters and digits, each beginning with a letter, joined by -",
  );

/** A cluster with everything that its stack has in its cloud. */
export const clusterSchema = z.discriminatedUnion("cloud", [awsSchema, linodeSchema, localSchema]);

/** The clusters of a stack, by name. */
export const clustersSchema = z
  .record(clusterName, clusterSchema)
  .describe(
    "The stack's clusters, by names of the reader's choice, any number on each cloud. Resources are named after their cluster: another name is another cluster. (D1, D2)",
  )
  .meta({ examples: [{ local: { cloud: "local", context: "kind-ai-platform" } }] });

/** A cluster's configuration, whichever cloud it is on. */
export type ClusterConfig = z.infer<typeof clusterSchema>;

/** The `clusters` section of a stack's configuration. */
export type ClustersConfig = z.infer<typeof clustersSchema>;

/** The clusters of one cloud, with their names, in the file's order. */
export function clustersIn<Config extends { readonly cloud: CloudName }, Name extends CloudName>(
  clusters: Readonly<Record<string, Config>>,
  cloud: Name,
): readonly NamedCluster<Extract<Config, { readonly cloud: Name }>>[] {
  const isOne = (config: Config): config is Extract<Config, { readonly cloud: Name }> =>
    config.cloud === cloud;
  return Object.entries(clusters).flatMap(([name, config]) => (isOne(config) ? [{ name, config }] : []));
}

/** A cluster's configuration, with its name. */
export interface NamedCluster<Config> {
  readonly name: string;
  readonly config: Config;
}
