import { allowedPorts, mayBeDeclared, type Ports } from "../networks/ports";
import { internetIn } from "../networks/ranges";
import { type Opening, openTogether } from "../networks/together";
import type { ResourcePolicy } from "../policy";
import { at, items, unknown, type Value } from "../value";

interface Configuration {
  readonly allowedPorts: readonly number[];
}

export const linodeIngressDeclared: ResourcePolicy<Configuration> = {
  id: "linode-ingress-declared",
  scope: "resource",
  what: "Cloud Firewalls let the whole internet in only on ports that the stack declares.",
  why: "A port open to everyone is scanned within minutes; most were opened for a test and forgotten.",
  severity: "critical",
  standards: ["PCI-DSS 4: 1.3.1", "K6"],
  remediation:
    'Set inboundPolicy to "DROP" and name the ranges that need a port in inbounds[].ipv4s and inbounds[].ipv6s, or declare the port in the policy\'s allowedPorts.',
  configuration: { allowedPorts: { ...allowedPorts, default: [] } },
  appliesTo: (type) => type === "linode:index/firewall:Firewall",
  *validate({ properties }, { allowedPorts }) {
    if (at(properties, "inboundPolicy") === "ACCEPT") {
      yield 'inboundPolicy is "ACCEPT", which lets in whatever no rule drops: set "DROP".';
    }
    if (at(properties, "disabled") === true) yield "disabled is true, and then no rule counts: remove it.";
    for (const [index, rule] of items(at(properties, "inbounds")).entries()) {
      if (at(rule, "action") !== "ACCEPT") continue;
      const open = internetIn([...items(at(rule, "ipv4s")), ...items(at(rule, "ipv6s"))]);
      const ports = at(rule, "ports");
      if (open === undefined) continue;
      if (portsOf(ports).every((range) => mayBeDeclared(at(rule, "protocol"), range, allowedPorts))) continue;
      const which = describe(ports);
      yield `inbounds[${index}]: ${open} may reach ${which}: narrow the range, or declare the port in allowedPorts (now ${allowedPorts.join(", ") || "none"}).`;
    }
    const found = openTogether(openingsOf(properties, allowedPorts));
    if (found !== undefined)
      yield `inbounds: ${found.open} may together reach the same port: narrow the ranges.`;
  },
};

/** What rules let in on ports that are not declared, a rule for each range of ports. */
function openingsOf(properties: Value, allowed: readonly number[]): readonly Opening[] {
  return items(at(properties, "inbounds")).flatMap((rule) => {
    if (at(rule, "action") !== "ACCEPT") return [];
    const protocol = at(rule, "protocol");
    const ranges = [...items(at(rule, "ipv4s")), ...items(at(rule, "ipv6s"))];
    return portsOf(at(rule, "ports"))
      .filter((ports) => !mayBeDeclared(protocol, ports, allowed))
      .map((ports) => ({
        protocol: typeof protocol === "string" ? protocol.toLowerCase() : "",
        ports,
        ranges,
      }));
  });
}

function describe(ports: Value | undefined): string {
  if (ports === unknown) return "ports not yet known";
  return typeof ports === "string" ? `ports ${ports}` : "every port";
}

/** The ranges in `"22, 80-90"`; a rule without ports is for all ports. */
function portsOf(ports: Value | undefined): readonly Ports[] {
  if (ports === unknown) return [{ from: unknown, to: unknown }];
  if (typeof ports !== "string" || ports.trim() === "") return [{ from: 1, to: 65535 }];
  return ports.split(",").map((range) => {
    const [from = "", to = from] = range.split("-");
    return { from: Number(from), to: Number(to) };
  });
}
