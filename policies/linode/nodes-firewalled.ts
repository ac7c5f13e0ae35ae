import type { StackPolicy } from "../policy";
import type { Resource } from "../resource";
import type { Stack } from "../stack";
import { any, at, type Certainty, items, unknown } from "../value";

const firewall = "linode:index/firewall:Firewall";
const device = "linode:index/firewallDevice:FirewallDevice";
const cluster = "linode:index/lkeCluster:LkeCluster";
const pool = "linode:index/lkeNodePool:LkeNodePool";
const instance = "linode:index/instance:Instance";

export const linodeNodesFirewalled: StackPolicy = {
  id: "linode-nodes-firewalled",
  scope: "stack",
  what: "The nodes of an LKE cluster, and instances, stand behind a Cloud Firewall that is on.",
  why: "Every node has an address of the internet's, and Kubernetes opens ports on all of them.",
  severity: "critical",
  standards: ["PCI-DSS 4: 1.3.1", "K6"],
  remediation:
    "Add a linode.Firewall whose linodes are the instances of the cluster's pools, or the instance.",
  *validate(stack) {
    const guards = guardsOf(stack);
    const instances = stack.ofType(instance);
    for (const resource of stack.ofType(cluster)) {
      const nodes = [resource.urn, ...stack.ofType(pool).map(({ urn }) => urn)];
      if (any(guards.map((guard) => isBefore(guard, nodes, instances.length))) !== "no") continue;
      yield {
        resource,
        message: "no Firewall has nodes in linodes: add one for the instances of its pools.",
      };
    }
    for (const resource of instances) {
      const own = at(resource.properties, "firewallId");
      if (own !== undefined || resource.properties === unknown) continue;
      if (any(guards.map((guard) => isBefore(guard, [resource.urn], 0))) !== "no") continue;
      yield {
        resource,
        message: "no Firewall is before it: set firewallId, or name it in a Firewall's linodes.",
      };
    }
  },
};

/** Machines that are put behind a firewall together. */
interface Guard {
  /** Their number, or `unknown`. */
  readonly size: number | typeof unknown;
  /** URNs of what they were computed from. */
  readonly sources: readonly string[];
}

function guardsOf(stack: Stack): readonly Guard[] {
  const firewalls = stack.ofType(firewall);
  const on = firewalls.filter(({ properties }) => at(properties, "disabled") !== true);
  const off = firewalls.filter((one) => !on.includes(one)).map(({ urn }) => urn);
  return [
    ...on.map((one): Guard => {
      const linodes = at(one.properties, "linodes");
      return { size: sizeOf(linodes), sources: one.dependencies.linodes ?? [] };
    }),
    ...stack
      .ofType(device)
      .filter((one) => !(one.dependencies.firewallId ?? []).some((urn) => off.includes(urn)))
      .map((one: Resource): Guard => {
        const entity = at(one.properties, "entityId");
        return { size: entity === unknown ? unknown : 1, sources: one.dependencies.entityId ?? [] };
      }),
  ];
}

function sizeOf(linodes: ReturnType<typeof at>): Guard["size"] {
  if (linodes === unknown || items(linodes).includes(unknown)) return unknown;
  return items(linodes).length;
}

/**
 * Whether a firewall covers some machines, by what it was computed from. Literal numbers may mean these
 * machines, unless they can all belong to others.
 */
function isBefore({ size, sources }: Guard, machines: readonly string[], others: number): Certainty {
  if (size === 0) return "no";
  if (sources.some((urn) => machines.includes(urn))) return "yes";
  if (size === unknown) return sources.length === 0 ? "unknown" : "no";
  return sources.length === 0 && size > others ? "yes" : "no";
}
