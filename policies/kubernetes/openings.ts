import { internetIn } from "../networks/ranges";
import type { Resource } from "../resource";
import { at, type Certainty, items, unknown, type Value } from "../value";
import { selectsEverything } from "./selectors";

/** A rule of a NetworkPolicy that allows traffic on every port. */
export interface Opening {
  /** The rule, such as `spec.ingress[0]`. */
  readonly where: string;
  /** Whether it allows every source or destination. */
  readonly isToAll: boolean;
  /** Ranges of addresses. */
  readonly ranges: readonly (Value | undefined)[];
}

/** The rules of a NetworkPolicy that allow traffic on every port. */
export function openingsOf(networkPolicy: Resource, direction: "Ingress" | "Egress"): readonly Opening[] {
  const field = direction.toLowerCase();
  return items(at(networkPolicy.properties, "spec", field)).flatMap((rule, index) => {
    const peers = at(rule, direction === "Ingress" ? "from" : "to");
    if (rule === unknown || peers === unknown || !isEveryPort(at(rule, "ports"))) return [];
    const list = items(peers);
    return {
      where: `spec.${field}[${index}]`,
      // Rules add up: a missing or empty list allows all.
      isToAll: list.length === 0 || list.some((peer) => isEveryPod(peer) === "yes"),
      ranges: list.map((peer) => at(peer, "ipBlock", "cidr")),
    };
  });
}

/** Whether some openings together allow everything. */
export function areOpen(openings: readonly Opening[]): boolean {
  if (openings.some(({ isToAll }) => isToAll)) return true;
  return openings.length > 0 && internetIn(openings.flatMap(({ ranges }) => ranges)) !== undefined;
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
  return items(ports).some(isOfAnyPort) || spanAll(items(ports));
}

function isOfAnyPort(one: Value): boolean {
  return one !== unknown && at(one, "port") === undefined;
}

/** Whether ranges of ports have no gap between the first port and the last. */
function spanAll(ports: readonly Value[]): boolean {
  const spans = ports
    .flatMap((one) => {
      const from = at(one, "port");
      const to = at(one, "endPort") ?? from;
      return typeof from === "number" && typeof to === "number" ? [{ from, to }] : [];
    })
    .sort((left, right) => left.from - right.from);
  let reached = 0;
  for (const { from, to } of spans) if (from <= reached + 1) reached = Math.max(reached, to);
  return reached >= 65535;
}
