import { internetIn } from "../networks/ranges";
import type { Resource } from "../policy";
import { at, type Certainty, items, unknown, type Value } from "../value";
import { selectsEverything } from "./selectors";

/** Where a NetworkPolicy lets everything in or out of every pod that it selects; undefined where it does not. */
export function openingIn(networkPolicy: Resource, direction: "Ingress" | "Egress"): string | undefined {
  const field = direction.toLowerCase();
  const rules = at(networkPolicy.properties, "spec", field);
  const index = items(rules).findIndex((rule) => isOpen(rule, direction === "Ingress" ? "from" : "to"));
  return index < 0 ? undefined : `spec.${field}[${index}]`;
}

/** Rules add up to what they allow: a list that is missing or empty allows all. */
function isOpen(rule: Value, peers: "from" | "to"): boolean {
  if (rule === unknown || !isEveryPort(at(rule, "ports"))) return false;
  const list = at(rule, peers);
  if (list === unknown) return false;
  if (items(list).length === 0) return true;
  const blocks = items(list).map((peer) => at(peer, "ipBlock", "cidr"));
  if (internetIn(blocks) !== undefined) return true;
  return items(list).some((peer) => isEveryPod(peer) === "yes");
}

function isEveryPod(peer: Value): Certainty {
  const namespaces = at(peer, "namespaceSelector");
  if (namespaces === undefined || peer === unknown) return "no";
  if (selectsEverything(namespaces) !== "yes") return "no";
  const pods = at(peer, "podSelector");
  return pods === undefined ? "yes" : selectsEverything(pods);
}

function isEveryPort(ports: Value | undefined): boolean {
  if (ports === unknown) return false;
  if (items(ports).length === 0) return true;
  return items(ports).some((one) => {
    const port = at(one, "port");
    if (one === unknown || port === unknown) return false;
    if (port === undefined) return true;
    return Number(port) <= 1 && Number(at(one, "endPort")) >= 65535;
  });
}
