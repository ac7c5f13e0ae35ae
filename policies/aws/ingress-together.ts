import { allowedPorts, mayBeDeclared, type Ports } from "../networks/ports";
import { type Opening, openTogether } from "../networks/together";
import type { StackPolicy } from "../policy";
import type { Resource } from "../resource";
import type { Stack } from "../stack";
import { at, unknown, type Value } from "../value";
import { ingressRulesOf } from "./ingress-rules";

interface Configuration {
  readonly allowedPorts: readonly number[];
}

const groups = ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"];
const rules = [
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
];

export const awsIngressTogether: StackPolicy<Configuration> = {
  id: "aws-ingress-together",
  scope: "stack",
  what: "Rules of one security group do not let in the whole internet together, save on ports that the stack declares.",
  why: "Ranges add up: a hundred rules that look narrow one by one open the port as much as one for everybody.",
  severity: "critical",
  standards: ["CIS AWS Foundations 5.2, 5.3", "PCI-DSS 4: 1.3.1", "K6"],
  remediation:
    "Name in the group's rules only the ranges that need the port, or declare the port in the policy's allowedPorts.",
  configuration: { allowedPorts: { ...allowedPorts, default: [] } },
  *validate(stack, { allowedPorts }) {
    for (const group of rulesByGroup(stack)) {
      const found = openTogether(group.filter((one) => !isDeclared(one, allowedPorts)));
      if (found === undefined) continue;
      const { rule, open } = found;
      yield {
        resource: rule.resource,
        message: `${rule.path}${open} may together reach the same port: narrow the ranges.`,
      };
    }
  },
};

interface Rule extends Opening {
  readonly resource: Resource;
  readonly path: string;
}

function isDeclared({ protocol, ports }: Rule, allowed: readonly number[]): boolean {
  return ports !== undefined && mayBeDeclared(protocol, ports, allowed);
}

/** The rules of each group, within it or as resources of their own. */
function rulesByGroup(stack: Stack): readonly (readonly Rule[])[] {
  const apart = new Map<string, Rule[]>();
  for (const resource of stack.ofType(...rules)) {
    const group = groupOf(resource);
    if (group !== undefined) apart.set(group, [...(apart.get(group) ?? []), ...openingsOf(resource)]);
  }
  return [...stack.ofType(...groups).map(openingsOf), ...apart.values()];
}

/** What stands for the group of a rule: its id, or the resources that the id comes from. */
function groupOf({ properties, dependencies }: Resource): string | undefined {
  const id = at(properties, "securityGroupId");
  if (typeof id === "string") return id;
  const sources = dependencies.securityGroupId ?? [];
  return sources.length === 0 ? undefined : sources.join(" ");
}

function openingsOf(resource: Resource): readonly Rule[] {
  return ingressRulesOf(resource).map(({ path, protocol, from, to, ranges }) => {
    const name = typeof protocol === "string" ? protocol.toLowerCase() : "";
    const isEvery = name === "-1" || name === "all";
    const ports: Ports | undefined =
      isEvery || from === undefined ? undefined : { from: numberOf(from), to: numberOf(to) };
    return { resource, path, protocol: isEvery ? undefined : name, ports, ranges };
  });
}

function numberOf(port: Value | undefined): number | typeof unknown {
  return port === unknown || port === undefined ? unknown : Number(port);
}
