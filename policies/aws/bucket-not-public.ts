import type { ResourcePolicy } from "../policy";
import { at, items } from "../value";
import { documentsOf } from "./documents/document";
import { allowsEverybody, deputyOf } from "./documents/judge";

const acls = ["public-read", "public-read-write", "authenticated-read"];

export const bucketNotPublic: ResourcePolicy = {
  id: "aws-bucket-not-public",
  scope: "resource",
  what: "No ACL and no policy of an S3 bucket or access point grants anything to everybody.",
  why: "What everybody may read is found and copied by scanners; what everybody may write is used to host their files.",
  severity: "critical",
  standards: ["CIS AWS Foundations 2.1.4", "PCI-DSS 4: 1.3.1", "K6", "C7"],
  remediation:
    'Remove acl and public grants, and name accounts or roles in the policy\'s Principal; a Principal "*" needs a Condition on aws:PrincipalOrgID, aws:SourceVpce or the like.',
  remediates: "Sets a public acl to private.",
  appliesTo: (type) => /^aws:s3(control|outposts|tables)?\//.test(type),
  *validate({ properties }) {
    const acl = at(properties, "acl");
    if (typeof acl === "string" && acls.includes(acl)) {
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
    for (const { path, statements } of documentsOf(properties)) {
      for (const statement of statements.filter(allowsEverybody)) {
        yield `${path} statement ${statement.name} allows everybody: name the accounts or roles in Principal, or add a Condition on who they are.`;
      }
      for (const statement of statements) {
        const fault = deputyOf(statement);
        if (fault !== undefined) yield `${path} statement ${statement.name} ${fault}`;
      }
    }
  },
};
