import { addressFor, isReady, mustReplace, type Node, nodeOf, placesOf, withLabelsAndTaints } from "./nodes";
import type { NodePoolSpec } from "./types";

const large = { instanceType: "m6i.2xlarge", capacity: { cpu: "8" }, allocatable: { cpu: "7910m" } };
const small = { instanceType: "m6i.large", capacity: { cpu: "2" }, allocatable: { cpu: "1930m" } };

const pool: NodePoolSpec = {
  name: "general",
  count: 5,
  zones: ["us-east-1a", "us-east-1b"],
  region: "us-east-1",
  instanceTypes: [large],
  labels: { "workload-type": "general" },
  taints: [{ key: "dedicated", value: "ai", effect: "NoSchedule" }],
};

function nodesOf(spec: NodePoolSpec): readonly Node[] {
  return placesOf(spec).map((place) => nodeOf("aws", spec, place, "100.64.0.1", "1.35"));
}

function first<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined) {
    throw new Error("empty");
  }
  return item;
}

test("names are the same in every run, and go over the zones round robin", () => {
  expect(placesOf(pool).map(({ name }) => name)).toEqual([
    "general-us-east-1a-1",
    "general-us-east-1b-1",
    "general-us-east-1a-2",
    "general-us-east-1b-2",
    "general-us-east-1a-3",
  ]);
  expect(placesOf({ ...pool, zones: [], count: 2 }).map(({ name }) => name)).toEqual([
    "general-1",
    "general-2",
  ]);
});

test("growing a pool keeps the names that it has", () => {
  const before = placesOf(pool).map(({ name }) => name);
  expect(placesOf({ ...pool, count: 9 }).map(({ name }) => name)).toEqual(expect.arrayContaining(before));
});

test("instance types are dealt round robin", () => {
  const mixed = placesOf({ ...pool, count: 3, instanceTypes: [large, small] });
  expect(mixed.map(({ shape }) => shape.instanceType)).toEqual(["m6i.2xlarge", "m6i.large", "m6i.2xlarge"]);
});

test("a pool without instance types is refused, unless it is empty", () => {
  expect(() => placesOf({ ...pool, instanceTypes: [] })).toThrow(
    'Node pool "general" asks for 5 nodes but names no instance type.',
  );
  expect(placesOf({ ...pool, count: 0, instanceTypes: [] })).toEqual([]);
});

test("a node carries what its cloud would say of it", () => {
  const node = first(nodesOf(pool));
  expect(node.metadata.labels).toEqual({
    "kubernetes.io/arch": "amd64",
    "kubernetes.io/hostname": "general-us-east-1a-1",
    "kubernetes.io/os": "linux",
    "node.kubernetes.io/instance-type": "m6i.2xlarge",
    "topology.kubernetes.io/region": "us-east-1",
    "topology.kubernetes.io/zone": "us-east-1a",
    "workload-type": "general",
  });
  expect(node.spec?.providerID).toMatch(/^aws:\/\/\/us-east-1a\/i-[0-9a-f]{17}$/);
  expect(node.spec?.taints).toEqual(pool.taints);
  expect(node.status?.allocatable).toEqual(large.allocatable);
});

describe("labels and taints of a node that is there", () => {
  const node = first(nodesOf(pool));
  const place = first(placesOf(pool));

  test("are left alone when nothing changed", () => {
    expect(withLabelsAndTaints(node, pool, place)).toBeUndefined();
  });

  test("follow the pool, and what others put there stays", () => {
    const others: Node = {
      ...node,
      metadata: { ...node.metadata, labels: { ...node.metadata.labels, "added-by": "hand" } },
      spec: {
        ...node.spec,
        taints: [...pool.taints, { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" }],
      },
    };
    const changed = withLabelsAndTaints(
      others,
      { ...pool, labels: { lifecycle: "spot" }, taints: [] },
      place,
    );
    expect(changed?.metadata.labels).toMatchObject({ lifecycle: "spot", "added-by": "hand" });
    expect(changed?.metadata.labels).not.toHaveProperty("workload-type");
    expect(changed?.spec?.taints).toEqual([
      { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" },
    ]);
  });

  test("only a new node can have other hardware or be elsewhere", () => {
    expect(mustReplace(node, pool, place)).toBe(false);
    expect(mustReplace(node, pool, { ...place, shape: small })).toBe(true);
    expect(mustReplace(node, pool, { ...place, zone: "us-east-1b" })).toBe(true);
    expect(mustReplace(node, { ...pool, region: "us-west-2" }, place)).toBe(true);
  });
});

test("a node is ready only when the taint of its start is gone", () => {
  const node = first(nodesOf(pool));
  const status = { conditions: [{ type: "Ready", status: "True" }] };
  expect(isReady(node)).toBe(false);
  expect(isReady({ ...node, status })).toBe(true);
  expect(
    isReady({
      ...node,
      status,
      spec: { taints: [{ key: "node.kubernetes.io/not-ready", effect: "NoSchedule" }] },
    }),
  ).toBe(false);
});

test("addresses are stable, and never given twice", () => {
  const address = addressFor("general-1", new Set());
  expect(address).toMatch(/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.\d+\.\d+$/);
  expect(addressFor("general-1", new Set())).toBe(address);
  expect(addressFor("general-1", new Set([address]))).not.toBe(address);
});
