import type { ResourcePolicy } from "../policy";
import type { Resource } from "../resource";
import { at, isObject, unknown, type Value } from "../value";

interface Configuration {
  readonly tags: readonly string[];
}

/** Resources that cost money or hold data; AWS cannot tag every resource. */
const judged = [
  "aws:backup/vault:Vault",
  "aws:cloudfront/distribution:Distribution",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:ec2/eip:Eip",
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/subnet:Subnet",
  "aws:ec2/vpc:Vpc",
  "aws:efs/fileSystem:FileSystem",
  "aws:eks/cluster:Cluster",
  "aws:eks/nodeGroup:NodeGroup",
  "aws:iam/role:Role",
  "aws:kms/key:Key",
  "aws:rds/cluster:Cluster",
  "aws:rds/instance:Instance",
  "aws:route53/zone:Zone",
  "aws:s3/bucket:Bucket",
  "aws:wafv2/webAcl:WebAcl",
];

export const tagged: ResourcePolicy<Configuration> = {
  id: "aws-tagged",
  scope: "resource",
  what: "What costs money or holds data carries the tags that the stack demands.",
  why: "Without them it is unknown who owns it, who pays for it, and whether it may be deleted.",
  severity: "low",
  standards: ["K6"],
  remediation: "Set tags on the resource, or defaultTags on its provider.",
  configuration: {
    tags: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "Keys of the tags that are demanded, such as `team`.",
    },
  },
  appliesTo: (type) => judged.includes(type),
  *validate(resource, { tags }) {
    const given: readonly (Value | undefined)[] = [at(resource.properties, "tags"), defaultTags(resource)];
    if (given.includes(unknown)) return;
    const missing = tags.filter((tag) => given.every((one) => at(one, tag) === undefined));
    if (missing.length > 0) yield `tags lacks ${missing.join(", ")}: add what is missing.`;
  },
};

/** The provider's default tags; Pulumi passes its configuration as JSON. */
function defaultTags({ provider }: Resource): Value | undefined {
  const configured = at(provider?.properties, "defaultTags");
  if (typeof configured !== "string") return isObject(configured) ? at(configured, "tags") : configured;
  const parsed: Value = JSON.parse(configured);
  return at(parsed, "tags");
}
