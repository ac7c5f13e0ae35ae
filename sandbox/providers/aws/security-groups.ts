import { CloudError } from "../../clouds/errors";
import { between, exactlyOne, ipv4Network, matches, ordered } from "../../clouds/rules";
import { holds, refers, type Tables } from "../../clouds/table";
import { text } from "../../clouds/values";
import { derived, prefixed, regionalArn } from "./names";
import { quotas } from "./quotas";
import { tokens } from "./tokens";

const groupName = matches(
  "name",
  /^(?!sg-)[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/,
  'up to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, not beginning with "sg-"',
);

const ruleSources = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

function securityGroupRule(direction: "ingress" | "egress"): Tables[string] {
  return {
    label: `security group ${direction} rule`,
    replaces: ["securityGroupId"],
    newId: prefixed("sgr-0"),
    rules: [
      exactlyOne(...ruleSources),
      ordered("", "fromPort", "toPort", "toPort"),
      between("fromPort", -1, 65_535),
      between("toPort", -1, 65_535),
      ipv4Network("cidrIpv4"),
    ],
    links: {
      securityGroupId: refers(tokens.securityGroup),
      referencedSecurityGroupId: holds(tokens.securityGroup),
    },
    compute: (request) => ({
      ...regionalArn("ec2", ({ id }) => `security-group-rule/${id}`)(request),
      securityGroupRuleId: request.id,
    }),
    admit: async (request) => {
      const same = (await request.neighbours.list(request.resource.type)).find(
        (other) =>
          other.id !== request.id &&
          ["securityGroupId", "ipProtocol", "fromPort", "toPort", ...ruleSources].every(
            (property) => (other.inputs[property] ?? null) === (request.inputs[property] ?? null),
          ),
      );
      if (same)
        throw new CloudError("InvalidPermission.Duplicate", `the same rule exists already: ${same.id}`);
    },
  };
}

export const securityGroups: Tables = {
  [tokens.securityGroup]: {
    label: "EC2 security group",
    replaces: ["name", "namePrefix", "description", "vpcId"],
    autoName: "name",
    defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
    newId: prefixed("sg-0"),
    notFound: "InvalidGroup.NotFound",
    quotas: [
      {
        limit: quotas.securityGroupsPerRegion,
        code: "SecurityGroupLimitExceeded",
        of: "security groups per region",
      },
    ],
    rules: [groupName, ipv4Network("ingress.cidrBlocks"), ipv4Network("egress.cidrBlocks")],
    links: {
      vpcId: holds(tokens.vpc),
      "ingress.securityGroups": holds(tokens.securityGroup),
      "egress.securityGroups": holds(tokens.securityGroup),
    },
    broughtBy: {
      [tokens.vpc]: "defaultSecurityGroupId",
      [tokens.cluster]: "vpcConfig.clusterSecurityGroupId",
    },
    admit: async ({ inputs, id, neighbours, resource }) => {
      const same = (await neighbours.list(resource.type)).find(
        (record) =>
          record.id !== id && record.inputs.vpcId === inputs.vpcId && record.inputs.name === inputs.name,
      );
      if (!same) return;
      throw new CloudError(
        "InvalidGroup.Duplicate",
        `the security group "${text(inputs, "name")}" already exists for VPC "${text(inputs, "vpcId")}"`,
      );
    },
    compute: regionalArn("ec2", ({ id }) => `security-group/${id}`),
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule("ingress"),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule("egress"),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    label: "EC2 default security group",
    replaces: ["vpcId"],
    links: { vpcId: refers(tokens.vpc) },
    identify: (inputs) => `sg-0${derived(`${text(inputs, "vpcId")} group`)}`,
    compute: (request) => ({
      ...regionalArn("ec2", ({ id }) => `security-group/${id}`)(request),
      name: "default",
      description: "default VPC security group",
    }),
  },
};
