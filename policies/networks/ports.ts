import { unknown, type Value } from "../value";

/** A range of ports; undefined ends mean every port. */
export interface Ports {
  readonly from: number | typeof unknown;
  readonly to: number | typeof unknown;
}

/** Whether every port of the range is declared open, or may be; only TCP and UDP have ports. */
export function mayBeDeclared(
  protocol: Value | undefined,
  { from, to }: Ports,
  declared: readonly number[],
): boolean {
  if (declared.length === 0) return false;
  if (protocol !== unknown && !["tcp", "udp", "6", "17"].includes(String(protocol).toLowerCase()))
    return false;
  if (from === unknown || to === unknown) return true;
  const open = declared.filter((port) => port >= from && port <= to);
  return new Set(open).size === to - from + 1;
}

/** Shared by the policies with a configuration of ports. */
export const allowedPorts = {
  type: "array",
  items: { type: "integer", minimum: 1, maximum: 65535 },
  description: "Ports (TCP or UDP) that the whole internet may reach, such as 443 for a public ingress.",
} as const;
