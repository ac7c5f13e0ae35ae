import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Value, type Values } from "../value";
import { awsIngressTogether } from "./ingress-together";

const ssh = { protocol: "tcp", fromPort: 22, toPort: 22 };
/** Only together as large as the internet. */
const low = ["16.0.0.0/5"];
const high = ["24.0.0.0/5"];

function group(name: string, ...ingress: readonly Value[]): Sample {
  return { type: "aws:ec2/securityGroup:SecurityGroup", name, properties: { ingress } };
}

function rule(name: string, properties: Values, more: Partial<Sample> = {}): Sample {
  const all = { type: "ingress", securityGroupId: "sg-1", ...ssh, ...properties };
  return { type: "aws:ec2/securityGroupRule:SecurityGroupRule", name, properties: all, ...more };
}

function together(where: string): string {
  return `${where}16.0.0.0/5 with 24.0.0.0/5 may together reach the same port: narrow the ranges.`;
}

const halves = [
  { ...ssh, cidrBlocks: low },
  { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: high },
];

export const awsIngressTogetherCases: Cases = {
  policy: awsIngressTogether,
  catches: [
    {
      name: "rules within a group, the second for every port",
      resources: [group("within", ...halves)],
      violations: [together("within: ingress[0]: ")],
    },
    {
      name: "rules of their own, for one group",
      resources: [
        rule("low", { cidrBlocks: low }),
        rule("high", { cidrBlocks: high, fromPort: 20, toPort: 30 }),
      ],
      violations: [together("low: ")],
    },
  ],
  passes: [
    {
      name: "rules for other groups, other ports and other protocols, and some ranges",
      resources: [
        rule("low", { cidrBlocks: low }),
        rule("other-group", { cidrBlocks: high, securityGroupId: "sg-2" }),
        rule("other-port", { cidrBlocks: high, fromPort: 80, toPort: 80 }),
        rule("other-protocol", { cidrBlocks: high, protocol: "udp" }),
        rule("out", { cidrBlocks: high, type: "egress" }),
        rule("office", { cidrBlocks: ["203.0.113.0/28"] }),
      ],
    },
    {
      name: "a declared port",
      configuration: { allowedPorts: [22] },
      resources: [rule("low", { cidrBlocks: low }), rule("high", { cidrBlocks: high })],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the group is not known, but which resource it comes from is",
        resources: [
          group("main"),
          rule(
            "low",
            { cidrBlocks: low, securityGroupId: unknown },
            { dependencies: { securityGroupId: ["main"] } },
          ),
          rule(
            "high",
            { cidrBlocks: high, securityGroupId: unknown },
            { dependencies: { securityGroupId: ["main"] } },
          ),
        ],
        violations: [together("low: ")],
      },
    ],
    passes: [
      {
        name: "the group, the port or the range is not known",
        resources: [
          rule("low", { cidrBlocks: low }),
          rule("group", { cidrBlocks: high, securityGroupId: unknown }),
          rule("port", { cidrBlocks: high, fromPort: unknown }),
          rule("range", { cidrBlocks: [unknown] }),
        ],
      },
    ],
  },
  faults: [faults.beside(/:Vpc$/, "aws:ec2/securityGroup:SecurityGroup", { ingress: halves })],
};
