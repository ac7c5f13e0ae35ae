import { everywhere } from "../everywhere";
import { exceptions, namesOf } from "../exemptions/exceptions";
import type { Exception } from "../exemptions/granted";
import type { ResourcePolicy } from "../policy";
import { at } from "../value";
import { documentsOf } from "./documents/document";
import { excessOf, trustOf } from "./documents/judge";

/** AWS's own policies that grant everything, or everything of one service. */
const administrator =
  /^arn:[^:]+:iam::aws:policy\/(.+\/)?(AdministratorAccess.*|PowerUserAccess|\w*FullAccess\w*)$/;

/** Credentials that never end. */
const credentials =
  /^aws:(iam\/(accessKey|serviceSpecificCredential|userLoginProfile)|lightsail\/bucketAccessKey):/;

/**
 * Documents that limit other policies and grant nothing, and those that say who may use a network's endpoint.
 */
const limits = /^aws:(organizations\/policy|ec2\/vpcEndpoint|vpc\/endpoint)/;

interface Configuration {
  readonly administrators: readonly Exception[];
}

/** EKS' own policies that give the whole cluster. */
const clusterAdministrator = /:cluster-access-policy\/AmazonEKS(Cluster)?AdminPolicy$/;

export const iamLeastPrivilege: ResourcePolicy<Configuration> = {
  id: "aws-iam-least-privilege",
  scope: "resource",
  what: "Policies of identities name the actions that they allow and what on, roles name who may assume them, and no user has a key that never ends.",
  why: "A role with wildcards is as powerful as the account; an intruder in one pod with it has everything.",
  severity: "critical",
  standards: ["CIS AWS Foundations 1.13, 1.16", "PCI-DSS 4: 7.2.2", "K6"],
  remediation:
    'List actions instead of "*" or "<service>:*", name ARNs in Resource or narrow them by a Condition on what is acted on, name principals in assumeRolePolicy with the subject of a federated one, and let roles take the place of access keys.',
  configuration: {
    administrators: exceptions(
      "Associations, by their names in the program, that make somebody administrator of a whole EKS cluster; a `*` at the end stands for the rest.",
    ),
  },
  appliesTo: (type) => type.startsWith("aws:") && !limits.test(type),
  *validate({ name, type, properties }, { administrators }) {
    if (credentials.test(type)) {
      yield type.includes("LoginProfile")
        ? "a user's password never ends and is no part of your directory: let people sign in by a role."
        : "an access key never ends and can be taken along: let a role be assumed instead.";
    }
    const access = at(properties, "policyArn");
    const scope = at(properties, "accessScope", "type");
    const isAdministrator = typeof access === "string" && clusterAdministrator.test(access);
    if (isAdministrator && scope === "cluster" && !isListed(name, namesOf(administrators))) {
      yield `policyArn is ${access} for the whole cluster: limit accessScope to namespaces, or name it in administrators.`;
    }
    for (const { path, key, value } of everywhere(properties)) {
      // A permissions boundary limits and grants nothing.
      if (typeof value !== "string" || !administrator.test(value) || /boundary/i.test(key)) continue;
      yield `${path} is ${value}: attach what is needed.`;
    }
    for (const { path, isTrust, statements } of documentsOf(properties)) {
      for (const statement of statements) {
        // A resource's own policy concerns that resource and other identities.
        const ofIdentity = statement.principals === undefined && !statement.unknown.has("principals");
        const fault = isTrust ? trustOf(statement) : ofIdentity ? excessOf(statement) : undefined;
        if (fault !== undefined) yield `${path} statement ${statement.name} ${fault}`;
      }
    }
  },
};

function isListed(name: string, listed: readonly string[]): boolean {
  return listed.some((one) => (one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : one === name));
}
