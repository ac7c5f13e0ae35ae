import { everywhere } from "../everywhere";
import type { ResourcePolicy } from "../policy";
import { documentsOf } from "./documents/document";
import { excessOf, trustOf } from "./documents/judge";

/** AWS's own policies that grant everything, or everything of one service. */
const administrator =
  /^arn:[^:]+:iam::aws:policy\/(.+\/)?(AdministratorAccess.*|PowerUserAccess|\w*FullAccess\w*)$/;

const accessKey = "aws:iam/accessKey:AccessKey";

/**
 * Documents that limit other policies and grant nothing, and those that say who may use a network's endpoint.
 */
const limits = /^aws:(organizations\/policy|ec2\/vpcEndpoint|vpc\/endpoint)/;

export const iamLeastPrivilege: ResourcePolicy = {
  id: "aws-iam-least-privilege",
  scope: "resource",
  what: "Policies of identities name the actions that they allow and what on, roles name who may assume them, and no user has a key that never ends.",
  why: "A role with wildcards is as powerful as the account; an intruder in one pod with it has everything.",
  severity: "critical",
  standards: ["CIS AWS Foundations 1.13, 1.16", "PCI-DSS 4: 7.2.2", "K6"],
  remediation:
    'List actions instead of "*" or "<service>:*", name ARNs in Resource or narrow them by a Condition on what is acted on, name principals in assumeRolePolicy with the subject of a federated one, and let roles take the place of access keys.',
  appliesTo: (type) => type.startsWith("aws:") && !limits.test(type),
  *validate({ type, properties }) {
    if (type === accessKey)
      yield "an access key never ends and can be taken along: let a role be assumed instead.";
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
