import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { networkAclNarrow } from "./network-acl-narrow";

function rule(properties: Values): Sample {
  return {
    type: "aws:ec2/networkAclRule:NetworkAclRule",
    properties: { ruleNumber: 100, ruleAction: "allow", protocol: "tcp", ...properties },
  };
}

function acl(...ingress: readonly Values[]): Sample {
  return { type: "aws:ec2/networkAcl:NetworkAcl", properties: { ingress } };
}

const ssh: Values = { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlock: "0.0.0.0/0" };
const all: Values = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: "0.0.0.0/0" };
const reach = (port: number, range = "0.0.0.0/0", path = ""): string =>
  `sample: ${path}${range} may reach port ${port}: narrow the range or the ports.`;

export const networkAclNarrowCases: Cases = {
  policy: networkAclNarrow,
  catches: [
    {
      name: "ports of administration, alone, in a range and by every protocol",
      resources: [
        rule(ssh),
        rule({ fromPort: 3000, toPort: 4000, ipv6CidrBlock: "::/0" }),
        acl({ ...all, ruleNo: 100, action: "allow" }),
      ],
      violations: [reach(22), reach(3389, "::/0"), reach(22, "0.0.0.0/0", "ingress[0]: ")],
    },
    {
      name: "a denial that comes too late",
      resources: [acl({ ...all, ruleNo: 100, action: "allow" }, { ...ssh, ruleNo: 200, action: "deny" })],
      violations: [reach(22, "0.0.0.0/0", "ingress[0]: ")],
    },
  ],
  passes: [
    {
      name: "what is served, answers, what goes out, and administration from one network",
      resources: [
        rule({ ...ssh, fromPort: 443, toPort: 443 }),
        rule({ ...ssh, fromPort: 1024, toPort: 65535 }),
        rule({ ...all, egress: true }),
        rule({ ...ssh, cidrBlock: "203.0.113.0/24" }),
        rule({ ...ssh, ruleAction: "deny" }),
        acl({ ...ssh, ruleNo: 90, action: "deny" }, { ...ssh, ruleNo: 100, action: "allow" }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the ACL is not known",
        resources: [rule({ ...ssh, networkAclId: unknown })],
        violations: [reach(22)],
      },
    ],
    passes: [
      {
        name: "not known",
        resources: [
          rule({ ...ssh, cidrBlock: unknown }),
          rule({ ...ssh, fromPort: unknown }),
          rule({ ...ssh, ruleAction: unknown }),
          rule({ ...ssh, egress: unknown }),
        ],
      },
    ],
  },
  faults: [faults.beside(/:Vpc$/, "aws:ec2/networkAclRule:NetworkAclRule", { ...ssh, ruleAction: "allow" })],
};
