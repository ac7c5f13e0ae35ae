import { isAnywhere } from "../network";
import type { ResourcePolicy } from "../policy";
import { at, entries, items, unknown, type Value } from "../value";
import { nameOf, statementsOf } from "./policy-document";

export const bucketNotPublic: ResourcePolicy = {
  id: "aws-bucket-not-public",
  scope: "resource",
  what: "No ACL and no policy of an S3 bucket grants anything to everybody.",
  why: "What everybody may read is found and copied by scanners; what everybody may write is used to host their files.",
  severity: "critical",
  standards: ["CIS AWS Foundations 2.1.4", "PCI-DSS 4: 1.3.1", "K6", "C7"],
  remediation:
    'Remove acl and public grants, and name accounts or roles in the policy\'s Principal; a Principal "*" needs a Condition on aws:PrincipalOrgID, aws:SourceVpce or the like.',
  remediates: "Sets a public acl to private.",
  appliesTo: (type) => /^aws:s3\/bucket(V2|Acl|AclV2|Policy|Object|Objectv2)?:/.test(type),
  *validate({ properties }) {
    const acl = at(properties, "acl");
    if (typeof acl === "string" && ["public-read", "public-read-write", "authenticated-read"].includes(acl)) {
      yield { message: `acl is "${acl}": remove it, or set "private".`, path: "acl", value: "private" };
    }
    const grants = [
      ...items(at(properties, "grants")),
      ...items(at(properties, "accessControlPolicy", "grants")),
    ];
    for (const grant of grants) {
      const group = at(grant, "uri") ?? at(grant, "grantee", "uri");
      if (typeof group === "string" && /\/(AllUsers|AuthenticatedUsers)$/.test(group)) {
        yield `an ACL grants access to ${group}: remove the grant.`;
      }
    }
    for (const [index, statement] of statementsOf(at(properties, "policy")).entries()) {
      if (
        at(statement, "Effect") === "Allow" &&
        isEverybody(statement) &&
        !mayNarrow(at(statement, "Condition"))
      ) {
        yield `policy statement ${nameOf(statement, index)} allows everybody: name the accounts or roles in Principal, or add a Condition on who they are.`;
      }
    }
  },
};

function isEverybody(statement: Value): boolean {
  if (at(statement, "NotPrincipal") !== undefined) return at(statement, "NotPrincipal") !== unknown;
  const principal = at(statement, "Principal");
  const accounts = at(principal, "AWS");
  return principal === "*" || accounts === "*" || items(accounts).includes("*");
}

/** Condition keys that tie a request to an identity or a network; with one of them AWS holds a policy not public. */
const narrowing = [
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalaccount",
  "aws:principalarn",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceorgid",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
];

/** Whether a condition narrows "everybody", or may do so once it is known. */
function mayNarrow(condition: Value | undefined): boolean {
  if (condition === unknown) return true;
  return entries(condition).some(([operator, tests]) => {
    if (
      !/^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/.test(
        operator,
      )
    ) {
      return false;
    }
    if (tests === unknown) return true;
    return entries(tests).some(([key, values]) => {
      const isWide = (value: Value): boolean => value === "*" || isAnywhere(value);
      return narrowing.includes(key.toLowerCase()) && !isWide(values) && !items(values).some(isWide);
    });
  });
}
