import { internetIn } from "../networks/ranges";
import type { ResourcePolicy } from "../policy";
import { at, type Certainty, items, unknown, type Value } from "../value";

/** Ports by which machines are administered. */
const administration = [22, 3389];

/** Answers to what the network itself asked for come in on these ports, RDP's among them. */
const firstEphemeral = 1024;
const lastEphemeral = 60_000;

interface Rule {
  readonly path: string;
  readonly block: Value;
}

export const networkAclNarrow: ResourcePolicy = {
  id: "aws-network-acl-narrow",
  scope: "resource",
  what: "Network ACLs do not let the whole internet in on ports of administration.",
  why: "An ACL is what still holds when a security group is opened by mistake.",
  severity: "high",
  standards: ["CIS AWS Foundations 5.1", "PCI-DSS 4: 1.3.1", "K6"],
  remediation:
    "Name the ranges that administer machines in cidrBlock or ipv6CidrBlock, or open only the ports that are served and the ephemeral ones.",
  appliesTo: (type) => /^aws:ec2\/(default)?networkAcl(Rule)?:/i.test(type),
  *validate({ properties }) {
    const rules = rulesOf(properties);
    for (const rule of rules) {
      const open = internetIn(rangesOf(rule));
      const port = administration.find((one) => covers(rule, one) === "yes");
      if (open === undefined || port === undefined || actionOf(rule) !== "allow") continue;
      if (rules.some((other) => mayComeFirst(other, rule) && mayDeny(other, port))) continue;
      yield `${rule.path}${open} may reach port ${port}: narrow the range or the ports.`;
    }
  },
};

function rulesOf(properties: Value): readonly Rule[] {
  if (at(properties, "ruleAction") !== undefined) {
    // Rules are for what comes in unless they say otherwise.
    return (at(properties, "egress") ?? false) === false ? [{ path: "", block: properties }] : [];
  }
  return items(at(properties, "ingress")).map((block, index) => ({ path: `ingress[${index}]: `, block }));
}

function actionOf({ block }: Rule): Value | undefined {
  return at(block, "action") ?? at(block, "ruleAction");
}

function rangesOf({ block }: Rule): readonly (Value | undefined)[] {
  return [at(block, "cidrBlock"), at(block, "ipv6CidrBlock")];
}

/** Whether a rule denies the whole internet a port, or may once it is known. */
function mayDeny(rule: Rule, port: number): boolean {
  const action = actionOf(rule);
  const ranges = rangesOf(rule);
  const isWide = ranges.includes(unknown) || internetIn(ranges) !== undefined;
  return (action === "deny" || action === unknown) && isWide && covers(rule, port) !== "no";
}

/** Rules apply in the order of their numbers. */
function mayComeFirst(one: Rule, other: Rule): boolean {
  const [first, second] = [one, other].map(({ block }) => at(block, "ruleNo") ?? at(block, "ruleNumber"));
  return first === unknown || second === unknown || Number(first) < Number(second);
}

/** Whether a rule is about a port. */
function covers({ block }: Rule, port: number): Certainty {
  const protocol = at(block, "protocol");
  if (protocol === unknown || block === unknown) return "unknown";
  const name = String(protocol).toLowerCase();
  if (name === "-1" || name === "all") return "yes";
  if (!["tcp", "6", "udp", "17"].includes(name)) return "no";
  const [from, to] = ["fromPort", "toPort"].map((field) => at(block, field));
  if (from === unknown || to === unknown) return "unknown";
  const isEphemeral = Number(from) >= firstEphemeral && Number(to) >= lastEphemeral;
  return !isEphemeral && Number(from) <= port && port <= Number(to) ? "yes" : "no";
}
