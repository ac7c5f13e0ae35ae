import { nameOf } from "../proof";
import { type Check, each } from "../verdict";
import type { Context } from "./context";
import { type Direction, type Peer, Policies, type PolicyPort } from "./policy";

/** Combinations of protocol and port that the VPC CNI's agent keeps for one peer; it drops the others and says nothing. */
const mostEntries = 24;

const source =
  "EKS user guide, Limit pod traffic with Kubernetes network policies: at most 24 combinations of port and protocol for " +
  "each selector; aws-network-policy-agent keeps as many for an address";

/** No pods have more ports open to one peer, all their policies together, than the agent of their cluster keeps. */
export function portEntries({ model, grounds, workloads }: Context): ReturnType<Check> {
  const policies = new Policies(model);
  const judged = workloads.filter(({ cluster }) => grounds.get(cluster)?.plugin === "vpc-cni");
  return each(judged, (workload) =>
    (["Ingress", "Egress"] as const).flatMap((direction) =>
      [...entriesOf(policies, workload, direction)]
        .filter(([, entries]) => entries.size > mostEntries)
        .map(([peer, entries]) => ({
          object: nameOf(workload),
          rule: `its policies open ${entries.size} ports to ${peer} (${direction.toLowerCase()}), and the agent keeps ${mostEntries}`,
          source,
          fix: "open a range by endPort, or all ports of the peer, in place of one by one",
        })),
    ),
  );
}

/** What the policies of a workload open in a direction: protocols and ports by peer. */
function entriesOf(
  policies: Policies,
  workload: Context["workloads"][number],
  direction: Direction,
): ReadonlyMap<string, ReadonlySet<string>> {
  const entries = new Map<string, Set<string>>();
  for (const { rules } of policies.of(workload, direction)) {
    for (const { peers = [{}], ports } of rules[direction] ?? []) {
      for (const name of peers.map(textOf)) {
        const known = entries.get(name) ?? new Set();
        for (const port of ports?.map(entryOf) ?? ["every port"]) known.add(port);
        entries.set(name, known);
      }
    }
  }
  return entries;
}

function entryOf({ protocol, port = "every port", endPort }: PolicyPort): string {
  return `${protocol} ${port}-${endPort ?? port}`;
}

function textOf(peer: Peer): string {
  return Object.keys(peer).length === 0 ? "everyone" : JSON.stringify(peer);
}
