import { allowedPorts, mayBeDeclared } from "../networks/ports";
import { internetIn } from "../networks/ranges";
import type { ResourcePolicy } from "../policy";
import { at, unknown, type Value } from "../value";
import { ingressRulesOf } from "./ingress-rules";

interface Configuration {
  readonly allowedPorts: readonly number[];
}

/** ICMP messages that report errors to a sender: connections break when they are blocked. */
const errors: Readonly<Record<string, readonly number[]>> = {
  icmp: [3, 11],
  "1": [3, 11],
  icmpv6: [1, 2, 3, 4],
  "58": [1, 2, 3, 4],
};

export const awsIngressDeclared: ResourcePolicy<Configuration> = {
  id: "aws-ingress-declared",
  scope: "resource",
  what: "Security groups let the whole internet in only on ports that the stack declares.",
  why: "A port open to everyone is scanned within minutes; most were opened for a test and forgotten.",
  severity: "critical",
  standards: ["CIS AWS Foundations 5.2, 5.3", "PCI-DSS 4: 1.3.1", "K6"],
  remediation:
    "Name the ranges or security groups that need the port in cidrBlocks, ipv6CidrBlocks, cidrIpv4 or cidrIpv6, or declare the port in the policy's allowedPorts.",
  configuration: { allowedPorts: { ...allowedPorts, default: [] } },
  appliesTo: (type) => type.startsWith("aws:"),
  *validate(resource, { allowedPorts }) {
    if (at(resource.properties, "blockPublicSecurityGroupRules") === false) {
      yield "blockPublicSecurityGroupRules is false, so clusters may open any port: set true.";
    }
    for (const { path, protocol, from, to, ranges } of ingressRulesOf(resource)) {
      const open = internetIn(ranges);
      if (open === undefined || isError(protocol, from)) continue;
      if (mayBeDeclared(protocol, { from: port(from), to: port(to) }, allowedPorts)) continue;
      yield `${path}${open} may reach ${describe(protocol, from, to)}: narrow the range, or declare the port in allowedPorts (now ${allowedPorts.join(", ") || "none"}).`;
    }
  },
};

/** For ICMP the first port is the message type. */
function isError(protocol: Value | undefined, kind: Value | undefined): boolean {
  const known = protocol === unknown ? Object.keys(errors) : [String(protocol).toLowerCase()];
  const kinds = known.flatMap((one) => (Object.hasOwn(errors, one) ? (errors[one] ?? []) : []));
  return kind === unknown ? kinds.length > 0 : kinds.includes(Number(kind));
}

/** A port that is not set means all ports, which no declaration covers. */
function port(value: Value | undefined): number | typeof unknown {
  if (value === unknown) return unknown;
  return value === undefined ? Number.NaN : Number(value);
}

function describe(protocol: Value | undefined, from: Value | undefined, to: Value | undefined): string {
  if (String(protocol === unknown ? "" : protocol) === "-1" || protocol === "all")
    return "every port by every protocol";
  const name = typeof protocol === "string" ? protocol : "some protocol";
  if (from === undefined && to === undefined) return `every port by ${name}`;
  if (from === unknown || to === unknown) return `ports not yet known by ${name}`;
  return from === to
    ? `port ${String(from)} by ${name}`
    : `ports ${String(from)} to ${String(to)} by ${name}`;
}
