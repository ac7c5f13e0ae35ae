import { internetIn } from "../networks/ranges";
import type { Resource } from "../resource";
import { at, entries, isObject, items, unknown, type Value } from "../value";
import { patchedKindOf } from "./objects";

export type Direction = "Ingress" | "Egress";

/** How a network plugin writes that every pod may reach, or be reached by, everything. */
interface Dialect {
  /** Lists of rules by direction; a resource may hold several specs. */
  rulesOf(spec: Value, direction: Direction): readonly Value[];
  /** Whether the spec is about every pod. */
  isOfAll(spec: Value): boolean;
  /** Whether the rule allows every peer and port. */
  isOpen(rule: Value, direction: Direction): boolean;
}

const lower = (direction: Direction): string => direction.toLowerCase();

/** Whether a selector names no label. Unknown selectors may name some. */
function isEmpty(selector: Value | undefined): boolean {
  return isObject(selector) && entries(selector).every(([, part]) => part !== unknown && size(part) === 0);
}

function size(value: Value): number {
  return isObject(value) ? entries(value).length : items(value).length;
}

/** Entities of Cilium that hold every pod, or the internet. */
const wide = ["all", "cluster", "world"];

const cilium: Dialect = {
  rulesOf: (spec, direction) => items(at(spec, lower(direction))),
  isOfAll: (spec) => isEmpty(at(spec, "endpointSelector")),
  isOpen(rule, direction) {
    if (!isObject(rule) || size(at(rule, "toPorts") ?? []) > 0 || at(rule, "toPorts") === unknown)
      return false;
    const way = direction === "Ingress" ? "from" : "to";
    const peers = entries(rule).filter(([key]) => key.startsWith(way));
    if (peers.length === 0) return true;
    const ranges = [
      ...items(at(rule, `${way}CIDR`)),
      ...items(at(rule, `${way}CIDRSet`)).map((one) => at(one, "cidr")),
    ];
    return (
      items(at(rule, `${way}Entities`)).some((one) => wide.some((all) => all === one)) ||
      items(at(rule, `${way}Endpoints`)).some((one) => one !== unknown && isEmpty(one)) ||
      internetIn(ranges) !== undefined
    );
  },
};

/** Policies of administrators come before those of namespaces. */
const administrators: Dialect = {
  rulesOf: (spec, direction) => items(at(spec, lower(direction))),
  isOfAll: (spec) => isEmpty(at(spec, "subject", "namespaces")),
  isOpen(rule, direction) {
    if (at(rule, "action") !== "Allow" || at(rule, "ports") !== undefined) return false;
    const peers = items(at(rule, direction === "Ingress" ? "from" : "to"));
    return (
      peers.some((peer) => isEmpty(at(peer, "namespaces"))) ||
      internetIn(peers.flatMap((peer) => items(at(peer, "networks")))) !== undefined
    );
  },
};

const calico: Dialect = {
  rulesOf: (spec, direction) => items(at(spec, lower(direction))),
  isOfAll: (spec) => isAll(at(spec, "selector")) && isAll(at(spec, "namespaceSelector")),
  isOpen(rule, direction) {
    if (at(rule, "action") !== "Allow") return false;
    if (["protocol", "notProtocol", "http"].some((field) => at(rule, field) !== undefined)) return false;
    const peer = at(rule, direction === "Ingress" ? "source" : "destination") ?? {};
    const ports = at(rule, "destination", "ports");
    if (!isObject(peer) || ports !== undefined) return false;
    return entries(peer).every(([key, value]) => {
      if (key === "nets") return internetIn(items(value)) !== undefined;
      return (key === "selector" || key === "namespaceSelector") && isAll(value);
    });
  },
};

/** Calico's selectors are texts. */
function isAll(selector: Value | undefined): boolean {
  return selector === undefined || (typeof selector === "string" && /^(all\(\))?$/.test(selector.trim()));
}

const dialects: Readonly<Record<string, Dialect>> = {
  "cilium.io/CiliumNetworkPolicy": cilium,
  "cilium.io/CiliumClusterwideNetworkPolicy": cilium,
  "policy.networking.k8s.io/AdminNetworkPolicy": administrators,
  "policy.networking.k8s.io/BaselineAdminNetworkPolicy": administrators,
  "policy.networking.k8s.io/ClusterNetworkPolicy": administrators,
  "projectcalico.org/NetworkPolicy": calico,
  "projectcalico.org/GlobalNetworkPolicy": calico,
  "crd.projectcalico.org/NetworkPolicy": calico,
  "crd.projectcalico.org/GlobalNetworkPolicy": calico,
};

/** Kinds of other network policies than Kubernetes' own. */
export const otherKinds: readonly string[] = Object.keys(dialects);

/** The rule by which such a policy allows every pod everything; undefined when none does. */
export function openRuleOf(resource: Resource, direction: Direction): string | undefined {
  const dialect = dialects[patchedKindOf(resource.type) ?? ""];
  if (dialect === undefined) return undefined;
  const specs = items(at(resource.properties, "specs")).map(
    (spec, index) => [`specs[${index}]`, spec] as const,
  );
  for (const [path, spec] of [["spec", at(resource.properties, "spec")] as const, ...specs]) {
    if (spec === undefined || spec === unknown || !dialect.isOfAll(spec)) continue;
    const index = dialect.rulesOf(spec, direction).findIndex((rule) => dialect.isOpen(rule, direction));
    if (index >= 0) return `${path}.${lower(direction)}[${index}]`;
  }
  return undefined;
}
