import { allowedPorts, isAnywhere, mayBeDeclared } from "../network";
import type { Resource, ResourcePolicy } from "../policy";
import { at, items, unknown, type Value } from "../value";

interface Configuration {
  readonly allowedPorts: readonly number[];
}

const groups = ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"];
const rule = "aws:ec2/securityGroupRule:SecurityGroupRule";
const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

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
  appliesTo: (type) => [...groups, rule, ingressRule].includes(type),
  *validate(resource, { allowedPorts }) {
    for (const { path, protocol, from, to, ranges } of rulesOf(resource)) {
      const open = ranges.find(isAnywhere);
      if (open === undefined) continue;
      if (mayBeDeclared(protocol, { from: port(from), to: port(to) }, allowedPorts)) continue;
      yield `${path}${String(open)} may reach ${describe(protocol, from, to)}: narrow the range, or declare the port in allowedPorts (now ${allowedPorts.join(", ") || "none"}).`;
    }
  },
};

interface Rule {
  readonly path: string;
  readonly protocol: Value | undefined;
  readonly from: Value | undefined;
  readonly to: Value | undefined;
  readonly ranges: readonly (Value | undefined)[];
}

function rulesOf({ type, properties }: Resource): readonly Rule[] {
  if (type === ingressRule) {
    const ranges: readonly (Value | undefined)[] = [at(properties, "cidrIpv4"), at(properties, "cidrIpv6")];
    return [{ ...span(properties), path: "", protocol: at(properties, "ipProtocol"), ranges }];
  }
  if (type === rule) {
    return at(properties, "type") === "ingress" ? [blockRule(properties, "")] : [];
  }
  return items(at(properties, "ingress")).map((block, index) => blockRule(block, `ingress[${index}]: `));
}

function blockRule(block: Value, path: string): Rule {
  const ranges = [...items(at(block, "cidrBlocks")), ...items(at(block, "ipv6CidrBlocks"))];
  return { ...span(block), path, protocol: at(block, "protocol"), ranges };
}

function span(block: Value): Pick<Rule, "from" | "to"> {
  return { from: at(block, "fromPort"), to: at(block, "toPort") };
}

/** A port that is not set stands for all of them, which no declaration covers. */
function port(value: Value | undefined): number | typeof unknown {
  if (value === unknown) return unknown;
  return typeof value === "number" ? value : Number.NaN;
}

function describe(protocol: Value | undefined, from: Value | undefined, to: Value | undefined): string {
  if (protocol === "-1") return "every port by every protocol";
  const name = typeof protocol === "string" ? protocol : "some protocol";
  if (typeof from !== "number" || typeof to !== "number") return `ports not yet known by ${name}`;
  return from === to ? `port ${from} by ${name}` : `ports ${from} to ${to} by ${name}`;
}
