import { Failure } from "../cli/failure";
import { type Node, type NodePlace, poolAnnotations } from "../sandbox/cluster/nodes";
import type { NodePoolSpec } from "../sandbox/cluster/types";

export interface PoolLimits {
  readonly minimum: number;
  readonly maximum: number;
}

/** A pool of a running cluster, with the size that it has at the beginning, and between which sizes it may move. */
export interface ElasticPool extends PoolLimits {
  readonly spec: NodePoolSpec;
  readonly spot: boolean;
}

export function poolOf({ metadata }: Node): string | undefined {
  return metadata.annotations?.[poolAnnotations.pool];
}

/** A node that its cloud may take back at any moment, as its labels say. */
export function isSpot({ labels = {} }: { readonly labels?: Readonly<Record<string, string>> }): boolean {
  return labels.lifecycle === "spot" || labels["eks.amazonaws.com/capacityType"] === "SPOT";
}

/** The pools that a cluster's nodes belong to; one without known limits stays as large as it is. */
export function elasticPools(
  nodes: readonly Node[],
  limits: ReadonlyMap<string, PoolLimits>,
): readonly ElasticPool[] {
  const names = [...new Set(nodes.flatMap((node) => poolOf(node) ?? []))].toSorted();
  return names.map((name) => {
    const own = nodes.filter((node) => poolOf(node) === name);
    const recipe = own[0]?.metadata.annotations?.[poolAnnotations.recipe];
    if (recipe === undefined) {
      throw new Failure(
        `The nodes of the pool ${name} were made by an older sandbox: run \`make up\` first.`,
      );
    }
    const spec: NodePoolSpec = { ...JSON.parse(recipe), count: own.length };
    return {
      spec,
      spot: isSpot(spec),
      ...(limits.get(name) ?? { minimum: own.length, maximum: own.length }),
    };
  });
}

/** Where the next node of a pool goes: to the one of the zones that has the fewest of its nodes. */
export function nextPlace(
  { spec }: ElasticPool,
  nodes: readonly Node[],
  zones: readonly string[],
): NodePlace {
  const own = nodes.filter((node) => poolOf(node) === spec.name);
  const inZone = (zone: string): number =>
    own.filter(({ metadata }) => metadata.labels?.["topology.kubernetes.io/zone"] === zone).length;
  const zone = zones.toSorted((one, other) => inZone(one) - inZone(other))[0];
  const shape = spec.instanceTypes[own.length % spec.instanceTypes.length];
  if (shape === undefined) {
    throw new Error(`Node pool "${spec.name}" names no instance type.`);
  }
  const taken = new Set(nodes.map(({ metadata }) => metadata.name));
  const nameOf = (number: number): string =>
    [spec.name, zone, number].filter((part) => part !== undefined).join("-");
  let number = 1;
  while (taken.has(nameOf(number))) {
    number += 1;
  }
  return { name: nameOf(number), zone, shape };
}
