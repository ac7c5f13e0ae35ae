import type { Resource } from "../resource";
import { at, isObject, items, unknown, type Value } from "../value";

/** A set of addresses that may reach some ports. */
export interface IngressRule {
  /** Path of the rule, in front of what it allows. */
  readonly path: string;
  readonly protocol: Value | undefined;
  readonly from: Value | undefined;
  readonly to: Value | undefined;
  readonly ranges: readonly (Value | undefined)[];
}

const nodeGroup = "aws:eks/nodeGroup:NodeGroup";

/** What a resource lets in, by its properties: many resource types contain rules of security groups. */
export function ingressRulesOf(resource: Resource): readonly IngressRule[] {
  const { type, properties } = resource;
  if (!isObject(properties) || type.includes("Egress")) return [];
  if (type === nodeGroup) return remoteAccess(properties);
  const inline = items(at(properties, "ingress"))
    // Network ACLs have a list of the same name, whose rules are stateless and numbered.
    .map((block, index) => rule(block, `ingress[${index}]: `))
    .filter((_, index) => at(items(at(properties, "ingress"))[index], "ruleNo") === undefined);
  const ports = items(at(properties, "portInfos")).map((block, index) =>
    rule(block, `portInfos[${index}]: `),
  );
  const fleet = items(at(properties, "ec2InboundPermissions")).map((block, index) =>
    rule(block, `ec2InboundPermissions[${index}]: `),
  );
  const prefixes: readonly IngressRule[] = /ManagedPrefixList(Entry)?$/.test(type)
    ? [
        {
          ...rule(null, ""),
          ranges: rangesOf(properties).concat(items(at(properties, "entries")).flatMap(rangesOf)),
        },
      ]
    : [];
  return [...inline, ...ports, ...fleet, ...prefixes, ...ownRule(properties)];
}

/** A rule that is a resource of its own. */
function ownRule(properties: Value): readonly IngressRule[] {
  const isRule =
    at(properties, "ipProtocol") !== undefined ||
    (at(properties, "type") === "ingress" && at(properties, "protocol") !== undefined);
  return isRule ? [rule(properties, "")] : [];
}

/** Without source groups EKS opens the SSH port to everybody. */
function remoteAccess(properties: Value): readonly IngressRule[] {
  const access = at(properties, "remoteAccess");
  const key = at(access, "ec2SshKey");
  const groups = at(access, "sourceSecurityGroupIds");
  if (key === undefined || key === unknown || groups === unknown || items(groups).length > 0) return [];
  return [
    {
      path: "remoteAccess without sourceSecurityGroupIds: ",
      protocol: "tcp",
      from: 22,
      to: 22,
      ranges: ["0.0.0.0/0"],
    },
  ];
}

function rule(block: Value, path: string): IngressRule {
  return {
    path,
    protocol: at(block, "protocol") ?? at(block, "ipProtocol"),
    from: at(block, "fromPort"),
    to: at(block, "toPort"),
    ranges: rangesOf(block),
  };
}

function rangesOf(block: Value): readonly (Value | undefined)[] {
  return [
    ...["cidrBlocks", "ipv6CidrBlocks", "cidrs", "ipv6Cidrs"].flatMap((field) => items(at(block, field))),
    ...["cidrIpv4", "cidrIpv6", "cidr", "ipRange"].map((field) => at(block, field)),
  ];
}
