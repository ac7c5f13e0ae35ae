import { evidenceOf, namespaceWith, type Piece, policy, workload } from "../../test/support/network-piece";
import { contextOf } from ".";
import { portEntries } from "./port-entries";

const server = { app: "server" };
const client = { podSelector: { matchLabels: { app: "client" } } };
const other = { podSelector: { matchLabels: { app: "other" } } };

const ports = (from: number, count: number, protocol = "TCP") =>
  Array.from({ length: count }, (_, index) => ({ protocol, port: from + index }));

/** Pods whose policies let these in, each of the rules in a policy of its own. */
const piece = (rules: readonly object[], more: Partial<Piece> = {}): Piece => ({
  cluster: "aws",
  objects: [
    ...namespaceWith("shop"),
    workload("shop", "server", server),
    ...rules.map((rule, index) => policy("shop", `server-${index}`, server, { ingress: [rule] })),
  ],
  ...more,
});

const faults = (rules: readonly object[], more: Partial<Piece> = {}) =>
  portEntries(contextOf(evidenceOf(piece(rules, more)))).faults.map(
    ({ object, rule }) => `${object}: ${rule}`,
  );

test("more ports than the agent keeps are a fault, whichever of the policies open them", () => {
  expect(faults([{ from: [client], ports: ports(8000, 25) }])).toEqual([
    expect.stringMatching(/^aws: Deployment shop\/server: its policies open 25 ports to .*client.*keeps 24$/),
  ]);
  const both = [
    { from: [client], ports: ports(8000, 20) },
    { from: [client], ports: ports(8000, 5, "UDP") },
  ];
  expect(faults(both)).toHaveLength(1);
  expect(faults([{ ports: ports(8000, 25) }])).toEqual([expect.stringContaining("to everyone")]);
});

test.each([
  ["as many as it keeps", [{ from: [client], ports: ports(8000, 24) }]],
  [
    "one port opened twice",
    [
      { from: [client], ports: ports(8000, 24) },
      { from: [client], ports: ports(8000, 1) },
    ],
  ],
  [
    "ports of several peers",
    [
      { from: [client], ports: ports(8000, 20) },
      { from: [other], ports: ports(9000, 20) },
    ],
  ],
  ["a range", [{ from: [client], ports: [{ protocol: "TCP", port: 8000, endPort: 9000 }] }]],
  ["every port", [{ from: [client] }]],
])("%s is none", (_how, rules) => {
  expect(faults(rules)).toEqual([]);
});

test("clusters without the agent have no such limit", () => {
  expect(faults([{ from: [client], ports: ports(8000, 25) }], { enforced: false })).toEqual([]);
});
