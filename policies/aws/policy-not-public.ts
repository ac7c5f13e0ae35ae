import { everywhere, everywhereAndInJson } from "../everywhere";
import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";
import { onlyLooks } from "./documents/actions";
import { documentsOf } from "./documents/document";
import { allowsEverybody, deputyOf } from "./documents/judge";

/** Buckets have a policy of their own, and network endpoints restrict what passes through them. */
const elsewhere =
  /^aws:(s3|s3control|s3outposts|s3tables)\/|^aws:(ec2\/vpcEndpoint(Policy)?:|vpc\/endpoint(Policy)?:)/;

/** Repositories of the public gallery, which everybody may read. */
const gallery = /^aws:ecrpublic\//;

/** Properties by which services share a resource, and the value that means everybody. */
const shares: Readonly<Record<string, RegExp>> = {
  group: /^all$/,
  groups: /^all$/,
  launchPermissionUserGroups: /^all$/,
  principal: /^\*$/,
  sharedAccounts: /^all$/,
  accountIds: /^all$/i,
  allowedPrincipals: /^\*$/,
  principalArn: /^\*$/,
  accountId: /^all$/i,
  // The account's block against sharing snapshots and images with all.
  state: /^unblocked$/,
};

/**
 * With one of these a function's permission belongs to one account; without, the service acts for all of its
 * customers.
 */
const owners = ["sourceArn", "sourceAccount", "principalOrgId", "organizationId", "eventSourceToken"];

/** Its policies about data have a form of their own. */
const collection = "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy";
const permission = "aws:lambda/permission:Permission";

export const policyNotPublic: ResourcePolicy = {
  id: "aws-policy-not-public",
  scope: "resource",
  what: "No policy of a key, queue, topic, secret, repository or function grants anything to everybody, and no image or snapshot is shared with all.",
  why: "Everybody is every account of AWS, and scanners try names; what they may read or call is theirs within the day.",
  severity: "critical",
  standards: ["PCI-DSS 4: 1.3.1, 7.2.1", "K6"],
  remediation:
    'Name accounts, roles or services in Principal; a Principal "*" needs a Condition on aws:PrincipalOrgID, aws:SourceArn or the like. Share images and snapshots with accounts.',
  appliesTo: (type) => type.startsWith("aws:") && !elsewhere.test(type),
  *validate({ type, properties }) {
    for (const { path, isTrust, statements } of documentsOf(properties)) {
      if (isTrust) continue;
      for (const statement of statements.filter(allowsEverybody)) {
        if (gallery.test(type) && statement.actions.every(onlyLooks)) continue;
        yield `${path} statement ${statement.name} allows everybody: name the principals, or add a Condition on who they are.`;
      }
      for (const statement of statements) {
        const fault = deputyOf(statement);
        if (fault !== undefined) yield `${path} statement ${statement.name} ${fault}`;
      }
    }
    if (properties === unknown || owners.some((owner) => at(properties, owner) !== undefined)) return;
    const service = at(properties, "principal");
    if (type === permission && typeof service === "string" && service.endsWith(".amazonaws.com")) {
      yield `principal is ${service}, which calls it for every account: set sourceArn or sourceAccount.`;
    }
    if (type === collection) {
      for (const { path, key, value } of everywhereAndInJson(properties, /Principal/)) {
        if (key === "Principal" && value === "*")
          yield `${path} is ${value}, which is everybody: name accounts.`;
      }
    }
    for (const { path, key, value } of everywhere(properties)) {
      if (typeof value !== "string" || !Object.hasOwn(shares, key) || !shares[key]?.test(value)) continue;
      // An event bus is narrowed by a condition of its own.
      if (key === "principal" && at(properties, "condition") !== undefined) continue;
      yield key === "state"
        ? `${path} is ${value}, and then they may be shared with everybody: set block-all-sharing.`
        : `${path} is ${value}, which is everybody: name accounts.`;
    }
  },
};
