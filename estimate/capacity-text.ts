import { textTable } from "../cli/table";
import type { ClusterCapacity, NodeLoss, PoolLoad, ZoneLoss } from "./capacity";
import { levels } from "./levels";
import type { Unplaced } from "./place";
import type { Resources } from "./resources";

/** Capacity as people read it in the terminal. */
export function capacityText(stack: string, clusters: readonly ClusterCapacity[]): string {
  return clusters.map((one) => clusterText(stack, one)).join("\n\n");
}

function clusterText(
  stack: string,
  { cluster, wanted, wantedOnEachNode, pools, unplaced, nodes, zones }: ClusterCapacity,
): string {
  if (pools.length === 0) {
    const asked = levels.map((level) => `  ${level.padEnd(9)}${amounts(wanted[level])}`);
    const title = `${cluster.name} has no nodes of ${stack}'s own: it is there already, or another stack's. The pods of ${stack} ask for`;
    return [
      title,
      ...asked,
      ...(wantedOnEachNode.pods === 0 ? [] : [`  and for ${amounts(wantedOnEachNode)} on each node`]),
    ].join("\n");
  }
  const rows = pools.flatMap(({ pool, at }) =>
    levels.map((level, index) => [index === 0 ? pool.name : "", level, ...loadCells(at[level])]),
  );
  const headings = [
    "pool",
    "size",
    "nodes",
    "CPU",
    "memory",
    "disk",
    "GPU",
    "pods",
    "largest pod that still fits",
  ];
  return [
    cluster.name,
    textTable([headings, ...rows]),
    "",
    ...levels.flatMap((level) => unplacedLines(`at ${level}, no place for`, unplaced[level])),
    ...nodeLines(nodes),
    ...zones.flatMap(zoneLines),
  ].join("\n");
}

function loadCells({ nodes, requested, allocatable, largestPod }: PoolLoad): readonly string[] {
  return [
    String(nodes),
    `${cores(requested)} of ${cores(allocatable)}${percent(requested.cpuMillis, allocatable.cpuMillis)}`,
    `${gibibytes(requested.memoryMib)} of ${gibibytes(allocatable.memoryMib)} GiB${percent(requested.memoryMib, allocatable.memoryMib)}`,
    `${gibibytes(requested.diskMib)} of ${gibibytes(allocatable.diskMib)} GiB${percent(requested.diskMib, allocatable.diskMib)}`,
    allocatable.gpus === 0 ? "" : `${requested.gpus} of ${allocatable.gpus}`,
    String(requested.pods),
    largestPod === undefined ? "" : amounts(largestPod),
  ];
}

function nodeLines(losses: readonly NodeLoss[]): readonly string[] {
  const felt = losses.filter(({ unplaced }) => unplaced.length > 0);
  return felt.length === 0
    ? ["without any one node: a place for each pod on the others"]
    : felt.map(({ pool, zone, unplaced }) => {
        const where = zone === undefined ? "" : ` in ${zone}`;
        return `without a node of ${pool}${where}, waiting for the next: ${counted(unplaced)}`;
      });
}

function counted(unplaced: readonly Unplaced[]): string {
  return unplaced.map(({ group, count }) => `${count} x ${group.name}`).join(", ") || "none";
}

/** Members of a store that wait for the lost zone are as they are meant to be: the others go on without them. */
function zoneLines({ zone, atOnce, afterScaling }: ZoneLoss): readonly string[] {
  const waiting = afterScaling.filter(({ cause }) => cause === "apart");
  const homeless = afterScaling.filter(({ cause }) => cause !== "apart");
  const later = atOnce.filter((one) => !afterScaling.some(({ group }) => group === one.group));
  return [
    `without ${zone}:`,
    `  kept apart, and waiting for the zone: ${counted(waiting)}`,
    `  waiting for nodes that autoscaling makes in the other zones: ${counted(later)}`,
    ...unplacedLines("  no place, even with all nodes that the pools allow, for", homeless),
  ];
}

function unplacedLines(what: string, unplaced: readonly Unplaced[]): readonly string[] {
  return unplaced.length === 0
    ? []
    : [
        `${what}:`,
        ...unplaced.map(
          ({ group, count, reason }) => `  ${count} x ${group.namespace}/${group.name}: ${reason}`,
        ),
      ];
}

export function amounts(resources: Resources): string {
  const gpus = resources.gpus === 0 ? "" : `, ${resources.gpus} GPU`;
  return `${cores(resources)} CPU, ${gibibytes(resources.memoryMib)} GiB${gpus}`;
}

function cores({ cpuMillis }: Resources): string {
  return (cpuMillis / 1000).toFixed(1);
}

function gibibytes(mebibytes: number): string {
  return (mebibytes / 1024).toFixed(1);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "" : ` (${Math.round((100 * part) / whole)} %)`;
}
