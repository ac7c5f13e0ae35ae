import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Value, type Values } from "../value";
import { awsIngressDeclared } from "./ingress-declared";

function group(...ingress: Value[]): Sample {
  return { type: "aws:ec2/securityGroup:SecurityGroup", properties: { ingress } };
}

function rule(properties: Values): Sample {
  return { type: "aws:ec2/securityGroupRule:SecurityGroupRule", properties };
}

function ingressRule(properties: Values): Sample {
  return { type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", properties };
}

const ssh = { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] };
const https = { ...ssh, fromPort: 443, toPort: 443 };
const web = { allowedPorts: [443, 80] };

function open(where: string, what: string, declared = "none"): string {
  return `sample: ${where} may reach ${what}: narrow the range, or declare the port in allowedPorts (now ${declared}).`;
}

export const awsIngressDeclaredCases: Cases = {
  policy: awsIngressDeclared,
  catches: [
    {
      name: "a port open to everyone",
      resources: [group(ssh)],
      violations: [open("ingress[0]: 0.0.0.0/0", "port 22 by tcp")],
    },
    {
      name: "open by IPv6",
      resources: [group({ ...ssh, cidrBlocks: ["10.0.0.0/8"], ipv6CidrBlocks: ["::/0"] })],
      violations: [open("ingress[0]: ::/0", "port 22 by tcp")],
    },
    {
      name: "rules of their own",
      resources: [
        rule({ ...ssh, type: "ingress" }),
        ingressRule({ ipProtocol: "tcp", fromPort: 22, toPort: 23, cidrIpv4: "0.0.0.0/0" }),
        ingressRule({ ipProtocol: "-1", cidrIpv6: "0:0:0:0:0:0:0:0/0" }),
      ],
      violations: [
        open("0.0.0.0/0", "port 22 by tcp"),
        open("0.0.0.0/0", "ports 22 to 23 by tcp"),
        open("0:0:0:0:0:0:0:0/0", "every port by every protocol"),
      ],
    },
    {
      name: "the default group of a VPC",
      resources: [{ ...group(ssh), type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup" }],
      violations: [open("ingress[0]: 0.0.0.0/0", "port 22 by tcp")],
    },
    {
      name: "more than what is declared",
      configuration: web,
      resources: [group({ ...https, fromPort: 80 }, { ...https, protocol: "-1", fromPort: 0, toPort: 0 })],
      violations: [
        open("ingress[0]: 0.0.0.0/0", "ports 80 to 443 by tcp", "443, 80"),
        open("ingress[1]: 0.0.0.0/0", "every port by every protocol", "443, 80"),
      ],
    },
    {
      name: "the internet in two halves",
      resources: [
        group({ ...ssh, cidrBlocks: ["0.0.0.0/5", "8.0.0.0/5"] }),
        ingressRule({ ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv6: "2000::/3" }),
      ],
      violations: [
        open("ingress[0]: 0.0.0.0/5 with 8.0.0.0/5", "port 22 by tcp"),
        open("2000::/3", "port 22 by tcp"),
      ],
    },
    {
      name: "groups of other services, lists of ranges, and nodes that SSH reaches",
      resources: [
        {
          type: "aws:ec2/managedPrefixList:ManagedPrefixList",
          properties: { entries: [{ cidr: "0.0.0.0/0" }] },
        },
        { type: "aws:eks/nodeGroup:NodeGroup", properties: { remoteAccess: { ec2SshKey: "ops" } } },
        {
          type: "aws:lightsail/instancePublicPorts:InstancePublicPorts",
          properties: { portInfos: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrs: ["0.0.0.0/0"] }] },
        },
      ],
      violations: [
        open("0.0.0.0/0", "every port by some protocol"),
        open("remoteAccess without sourceSecurityGroupIds: 0.0.0.0/0", "port 22 by tcp"),
        open("portInfos[0]: 0.0.0.0/0", "port 22 by tcp"),
      ],
    },
    {
      name: "what keeps clusters of EMR from opening ports, switched off",
      resources: [
        {
          type: "aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration",
          properties: { blockPublicSecurityGroupRules: false },
        },
      ],
      violations: [
        "sample: blockPublicSecurityGroupRules is false, so clusters may open any port: set true.",
      ],
    },
  ],
  passes: [
    { name: "named ranges", resources: [group({ ...ssh, cidrBlocks: ["203.0.113.0/24"] })] },
    {
      name: "ports that the stack declares",
      configuration: web,
      resources: [group(https, { ...https, fromPort: 80, toPort: 80 }), rule({ ...https, type: "ingress" })],
    },
    {
      name: "several ports, all declared",
      configuration: { allowedPorts: [8080, 8081] },
      resources: [ingressRule({ ipProtocol: "udp", fromPort: 8080, toPort: 8081, cidrIpv4: "0.0.0.0/0" })],
    },
    { name: "egress", resources: [rule({ ...ssh, type: "egress" })] },
    {
      name: "another group",
      resources: [ingressRule({ ipProtocol: "-1", referencedSecurityGroupId: "sg-1" })],
    },

    {
      name: "what a sender must be told",
      resources: [
        group({ protocol: "icmp", fromPort: 3, toPort: 4, cidrBlocks: ["0.0.0.0/0"] }),
        group({ protocol: "icmpv6", fromPort: 2, toPort: 0, ipv6CidrBlocks: ["::/0"] }),
      ],
    },
    {
      name: "nodes that SSH reaches from a group",
      resources: [
        {
          type: "aws:eks/nodeGroup:NodeGroup",
          properties: { remoteAccess: { ec2SshKey: "ops", sourceSecurityGroupIds: ["sg-1"] } },
        },
      ],
    },
    {
      name: "an access list of a network, which has rules for both ways",
      resources: [
        {
          type: "aws:ec2/networkAcl:NetworkAcl",
          properties: { ingress: [{ ...ssh, ruleNo: 100, action: "allow", cidrBlock: "0.0.0.0/0" }] },
        },
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "one range is not known, another is everything",
        resources: [group({ ...ssh, cidrBlocks: [unknown, "0.0.0.0/0"] })],
        violations: [open("ingress[0]: 0.0.0.0/0", "port 22 by tcp")],
      },
      {
        name: "the port is not known, but none is declared",
        resources: [group({ ...ssh, fromPort: unknown }), group({ ...ssh, toPort: unknown })],
        violations: [
          open("ingress[0]: 0.0.0.0/0", "ports not yet known by tcp"),
          open("ingress[0]: 0.0.0.0/0", "ports not yet known by tcp"),
        ],
      },
      {
        name: "one rule is not known, the next is open",
        configuration: web,
        resources: [group(unknown, ssh)],
        violations: [open("ingress[1]: 0.0.0.0/0", "port 22 by tcp", "443, 80")],
      },
    ],
    passes: [
      { name: "the ranges are not known", resources: [group({ ...ssh, cidrBlocks: unknown })] },
      {
        name: "the port may turn out to be declared",
        configuration: web,
        resources: [group({ ...https, fromPort: unknown })],
      },
    ],
  },
  faults: [
    faults.only(/nfs/, faults.set(/:SecurityGroupIngressRule$/, "cidrIpv4", "0.0.0.0/2")),
    faults.set(/:NodeGroup$/, "remoteAccess", { ec2SshKey: "ops" }),
    faults.only(/nfs/, faults.set(/:SecurityGroupIngressRule$/, "cidrIpv4", "0.0.0.0/0")),
    faults.set(/:(Default)?SecurityGroup$/, "ingress", [
      { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] },
    ]),
  ],
};
