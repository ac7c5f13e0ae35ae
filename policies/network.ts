import { type Certainty, unknown, type Value } from "./value";

/** Whether an address range is the whole internet: `0.0.0.0/0`, `::/0`, or either spelled differently. */
export function isAnywhere(range: Value | undefined): boolean {
  return typeof range === "string" && /\/0+$/.test(range.trim());
}

/** A range of ports; undefined ends mean every port. */
export interface Ports {
  readonly from: number | typeof unknown;
  readonly to: number | typeof unknown;
}

/** Whether every port of the range is declared open, for a protocol that has ports. */
export function areDeclared(
  protocol: Value | undefined,
  ports: Ports,
  declared: readonly number[],
): Certainty {
  if (declared.length === 0) return "no";
  if (protocol !== unknown && !["tcp", "udp", "6", "17"].includes(String(protocol).toLowerCase()))
    return "no";
  const { from, to } = ports;
  if (from === unknown || to === unknown) return "unknown";
  const open = declared.filter((port) => port >= from && port <= to);
  if (new Set(open).size !== to - from + 1) return "no";
  return protocol === unknown ? "unknown" : "yes";
}

/** Shared by the policies that let ports be declared. */
export const allowedPorts = {
  type: "array",
  items: { type: "integer", minimum: 1, maximum: 65535 },
  description: "Ports (TCP or UDP) that the whole internet may reach, such as 443 for a public ingress.",
} as const;
