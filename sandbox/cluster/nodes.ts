import { createHash } from "node:crypto";
import { minorOf, versions } from "../../toolchain/versions";
import type { KubernetesObject } from "../api-server/object";
import { kwokNodeAnnotation } from "./kwok-configuration";
import type { Cloud, NodePoolSpec, NodeShape, Taint } from "./types";

export interface Node extends KubernetesObject {
  readonly spec?: {
    readonly providerID?: string;
    readonly taints?: readonly Taint[];
    readonly unschedulable?: boolean;
  };
  readonly status?: {
    readonly capacity?: Readonly<Record<string, string>>;
    readonly allocatable?: Readonly<Record<string, string>>;
    readonly addresses?: readonly { readonly type: string; readonly address: string }[];
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly nodeInfo?: Readonly<Record<string, string>>;
  };
}

/** Which pool a node belongs to, what it was made from, and which labels and taints the pool gave it. */
export const poolAnnotations = {
  pool: "sandbox.ai-platform/node-pool",
  /** All of the pool but its size, so that more nodes like this one can be made. */
  recipe: "sandbox.ai-platform/node-recipe",
  shape: "sandbox.ai-platform/node-shape",
  given: "sandbox.ai-platform/given",
} as const;

interface Given {
  readonly labels: readonly string[];
  readonly taints: readonly string[];
}

/** The place of one node in its pool, the same in every run. */
export interface NodePlace {
  readonly name: string;
  readonly zone: string | undefined;
  readonly shape: NodeShape;
}

/** Places of a pool's nodes: zones and instance types are dealt round robin. */
export function placesOf(pool: NodePoolSpec): readonly NodePlace[] {
  if (pool.count > 0 && pool.instanceTypes.length === 0) {
    throw new Error(`Node pool "${pool.name}" asks for ${pool.count} nodes but names no instance type.`);
  }
  return Array.from({ length: pool.count }, (_, index) => placeOf(pool, index));
}

function placeOf(pool: NodePoolSpec, index: number): NodePlace {
  const zone = pool.zones[index % Math.max(1, pool.zones.length)];
  const round = Math.floor(index / Math.max(1, pool.zones.length)) + 1;
  const shape = pool.instanceTypes[index % pool.instanceTypes.length];
  if (shape === undefined) {
    throw new Error(`Node pool "${pool.name}" names no instance type.`);
  }
  return { name: [pool.name, zone, round].filter((part) => part !== undefined).join("-"), zone, shape };
}

/** The node as its kubelet would register it. */
export function nodeOf(
  cloud: Cloud,
  pool: NodePoolSpec,
  place: NodePlace,
  address: string,
  kubernetesMinor: string,
): Node {
  const labels = labelsOf(pool, place);
  const given: Given = { labels: Object.keys(labels), taints: pool.taints.map(taintKey) };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name: place.name,
      labels,
      annotations: {
        [kwokNodeAnnotation.key]: kwokNodeAnnotation.value,
        [poolAnnotations.pool]: pool.name,
        [poolAnnotations.recipe]: recipeOf(pool),
        [poolAnnotations.shape]: fingerprint(place.shape),
        [poolAnnotations.given]: JSON.stringify(given),
      },
    },
    spec: { providerID: providerId(cloud, place), taints: pool.taints },
    status: {
      capacity: place.shape.capacity,
      allocatable: place.shape.allocatable,
      addresses: [
        { type: "InternalIP", address },
        { type: "Hostname", address: place.name },
      ],
      nodeInfo: {
        architecture: labels["kubernetes.io/arch"] ?? "amd64",
        operatingSystem: labels["kubernetes.io/os"] ?? "linux",
        kubeletVersion: kubeletVersion(kubernetesMinor),
        kubeProxyVersion: "",
        containerRuntimeVersion: `kwok://${versions.kwok}`,
        kernelVersion: "",
        osImage: "kwok (no containers run here)",
        bootID: "",
        machineID: "",
        systemUUID: "",
      },
    },
  };
}

/** True when the node's hardware or zone is another one than is wanted, which only a new node can change. */
export function mustReplace(node: Node, pool: NodePoolSpec, place: NodePlace): boolean {
  return (
    node.metadata.annotations?.[poolAnnotations.shape] !== fingerprint(place.shape) ||
    node.metadata.labels?.["topology.kubernetes.io/zone"] !== place.zone ||
    node.metadata.labels?.["topology.kubernetes.io/region"] !== pool.region
  );
}

/** The node with the pool's present labels and taints; those that others put on it stay. Undefined when it has them. */
export function withLabelsAndTaints(node: Node, pool: NodePoolSpec, place: NodePlace): Node | undefined {
  const before: Given = JSON.parse(
    node.metadata.annotations?.[poolAnnotations.given] ?? '{"labels":[],"taints":[]}',
  );
  const labels = labelsOf(pool, place);
  const given: Given = { labels: Object.keys(labels), taints: pool.taints.map(taintKey) };
  const foreignLabels = Object.entries(node.metadata.labels ?? {}).filter(
    ([key]) => !before.labels.includes(key),
  );
  const foreignTaints = (node.spec?.taints ?? []).filter((taint) => !before.taints.includes(taintKey(taint)));
  const wanted: Node = {
    ...node,
    metadata: {
      ...node.metadata,
      labels: { ...Object.fromEntries(foreignLabels), ...labels },
      annotations: {
        ...node.metadata.annotations,
        [poolAnnotations.recipe]: recipeOf(pool),
        [poolAnnotations.given]: JSON.stringify(given),
      },
    },
    spec: {
      ...node.spec,
      taints: [...foreignTaints.filter((taint) => !given.taints.includes(taintKey(taint))), ...pool.taints],
    },
  };
  return sorted(wanted) === sorted(node) ? undefined : wanted;
}

/** Ready, and open for pods: the taints of a starting node are gone. */
export function isReady(node: Node): boolean {
  const ready = node.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True");
  const starting = node.spec?.taints?.some(({ key }) => key === "node.kubernetes.io/not-ready");
  return ready === true && starting !== true;
}

/** An address of 100.64.0.0/10 (the range for carriers' networks) that no other node has; the same name, the same address. */
export function addressFor(name: string, taken: ReadonlySet<string>): string {
  const size = 2 ** 22;
  const start = createHash("sha256").update(name).digest().readUInt32BE() % size;
  for (let step = 0; step < size; step += 1) {
    const number = (start + step) % size;
    const address = `100.${64 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}`;
    if (!taken.has(address) && (number & 255) !== 0 && (number & 255) !== 255) {
      return address;
    }
  }
  throw new Error("No free node address is left in 100.64.0.0/10.");
}

function labelsOf(pool: NodePoolSpec, place: NodePlace): Readonly<Record<string, string>> {
  return {
    "kubernetes.io/os": "linux",
    "kubernetes.io/arch": "amd64",
    ...place.shape.labels,
    ...pool.labels,
    "kubernetes.io/hostname": place.name,
    "node.kubernetes.io/instance-type": place.shape.instanceType,
    "topology.kubernetes.io/region": pool.region,
    ...(place.zone === undefined ? {} : { "topology.kubernetes.io/zone": place.zone }),
  };
}

function providerId(cloud: Cloud, place: NodePlace): string {
  const digest = createHash("sha256").update(place.name).digest();
  switch (cloud) {
    case "aws":
      return `aws:///${place.zone ?? ""}/i-${digest.toString("hex").slice(0, 17)}`;
    case "linode":
      return `linode://${digest.readUInt32BE() % 100_000_000}`;
    case "local":
      return `local://${place.name}`;
    default: {
      const exhaustive: never = cloud;
      return exhaustive;
    }
  }
}

function kubeletVersion(minor: string): string {
  return minor === minorOf(versions.kubernetes) ? `v${versions.kubernetes}` : `v${minor}.0`;
}

function recipeOf({ count: _, ...recipe }: NodePoolSpec): string {
  return JSON.stringify(recipe);
}

function fingerprint(shape: NodeShape): string {
  return createHash("sha256").update(sorted(shape)).digest("hex").slice(0, 12);
}

function taintKey(taint: Taint): string {
  return `${taint.key}:${taint.effect}`;
}

/** JSON with sorted keys, for comparisons. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
