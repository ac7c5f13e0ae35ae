import type { CloudName } from "../../cluster/cloud";
import type { Bundle } from "../../secrets/bundle";
import type { System } from "../../systems/system";
import { viewOf } from "../clouds";
import type { ClusterView } from "../clouds/cluster-view";
import type { ClusterConfig } from "../clusters";
import type { Fault } from "../fault";
import type { Section, StackConfig } from "../stack";

/** A cluster of a stack's configuration. */
export interface DraftCluster {
  readonly name: string;
  /** Undefined where the file names no cloud that there is. */
  readonly cloud: CloudName | undefined;
  /** What it is written as, with defaults; undefined where it is not well-formed: the schema has spoken. */
  readonly config: ClusterConfig | undefined;
}

/**
 * A stack's configuration as far as its sections are well-formed. A section that is not is undefined though it is
 * declared: a rule then has nothing to say, because the schema has spoken.
 */
export interface Draft
  extends Readonly<
    Pick<Partial<StackConfig>, "systems" | "platform" | "environment" | "secrets" | "rotate" | "sizes">
  > {
  /** Every cluster that the stack file has, well-formed or not. */
  readonly clusters: readonly DraftCluster[];
  /** Whether the stack file has the section, well-formed or not. */
  readonly declares: (section: Section) => boolean;
}

/** What a rule needs to know that is not in the stack file. */
export interface Surroundings {
  /** The day on which a version must still be supported. */
  readonly today: Date;
  /** Whether a Linode token is at hand: `linode:token` of the stack, or `LINODE_TOKEN` of the environment. */
  readonly hasLinodeToken: boolean;
  /** Whether the stack's clouds are simulated: there examples are as good as real values. */
  readonly simulatedClouds: boolean;
  /** The stack's name, for commands that fix its file. */
  readonly stack: string;
  /** Every system that a stack may run. */
  readonly systems: readonly System[];
  /** Every bundle of secrets that the repository declares. */
  readonly bundles: readonly Bundle[];
  /** Whether `ai-platform:secrets` holds something encrypted. Which of its values are, Pulumi does not tell a program. */
  readonly secretsAreEncrypted: boolean;
}

/** A check that crosses sections, or that needs more than the stack file. */
export type Rule = (draft: Draft, surroundings: Surroundings) => readonly Fault[];

/** The cluster of a name; undefined where the stack file has none. */
export function clusterOf({ clusters }: Pick<Draft, "clusters">, name: string): DraftCluster | undefined {
  return clusters.find((cluster) => cluster.name === name);
}

/** The well-formed clusters of a stack, as rules look at them. */
export function viewsOf({
  clusters,
}: Pick<Draft, "clusters">): readonly { readonly name: string; readonly view: ClusterView }[] {
  return clusters.flatMap(({ name, config }) => (config ? [{ name, view: viewOf(name, config) }] : []));
}

/** The configurations of a stack's well-formed clusters, by name. */
export function configsOf({ clusters }: Pick<Draft, "clusters">): Readonly<Record<string, ClusterConfig>> {
  return Object.fromEntries(clusters.flatMap(({ name, config }) => (config ? [[name, config]] : [])));
}
