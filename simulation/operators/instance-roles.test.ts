import { planRoles, roleOfNew } from "./instance-roles";
import type { Standing } from "./standing";

type Role = "primary" | "replica";

const instance = (serial: number, role: Role, more: Partial<Standing> = {}): Standing => ({
  kind: "Pod",
  metadata: {
    name: `orders-${serial}`,
    namespace: "shop",
    labels: {
      "cnpg.io/cluster": "orders",
      "cnpg.io/podRole": "instance",
      "cnpg.io/instanceRole": role,
      role,
    },
  },
  spec: { nodeName: `node-${serial}` },
  status: { conditions: [{ type: "Ready", status: "True" }] },
  ...more,
});

const notReady = { status: {} };

const planned = (pods: readonly Standing[], ...cordoned: readonly string[]) =>
  planRoles(pods, new Set(cordoned)).map(({ pod, labels }) => `${pod.metadata.name} ${labels.role}`);

const [first, second, third] = [instance(1, "primary"), instance(2, "replica"), instance(3, "replica")];

test("nothing changes while the primary serves, or while nobody can take over", () => {
  expect(planned([first, second, third])).toEqual([]);
  expect(planned([instance(1, "primary", notReady), instance(2, "replica", notReady)])).toEqual([]);
  expect(planned([first], "node-1")).toEqual([]);
  expect(planned([first, second], "node-1", "node-2")).toEqual([]);
});

test("a replica takes over from a primary whose node is cordoned, and none from one that stays", () => {
  expect(planned([first, second, third], "node-1", "node-2")).toEqual([
    "orders-3 primary",
    "orders-1 replica",
  ]);
  expect(planned([first, second, third], "node-2")).toEqual([]);
});

test("a replica takes over from a primary that is gone, is going or does not serve, on a cordoned node if need be", () => {
  expect(planned([second, third])).toEqual(["orders-2 primary"]);
  expect(planned([instance(1, "primary", notReady), second])).toEqual([
    "orders-2 primary",
    "orders-1 replica",
  ]);
  const going = instance(1, "primary");
  const deleted = { ...going, metadata: { ...going.metadata, deletionTimestamp: "2026-11-30T00:00:00Z" } };
  expect(planned([deleted, second], "node-2")).toEqual(["orders-2 primary", "orders-1 replica"]);
});

test("of two primaries one stays", () => {
  expect(planned([first, instance(2, "primary")])).toEqual(["orders-2 replica"]);
});

test("clusters and namespaces are told apart, and other pods have no role", () => {
  const other = { ...second, metadata: { ...second.metadata, namespace: "other" } };
  const { kind, metadata } = instance(9, "replica");
  const stranger: Standing = { kind, metadata: { ...metadata, labels: {} } };
  expect(planned([first, other, stranger])).toEqual(["orders-2 primary"]);
  expect(roleOfNew(instance(1, "primary"), [other, instance(2, "primary")])).toMatchObject({
    role: "replica",
  });
  expect(roleOfNew(instance(1, "primary"), [second, other])).toEqual({});
  expect(roleOfNew(stranger, [first])).toEqual({});
});
