import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Value } from "../value";
import { bucketNotPublic } from "./bucket-not-public";

function policy(statement: Value, asJson = true): Sample {
  const document: Value = { Version: "2012-10-17", Statement: statement };
  return {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    properties: { bucket: "models", policy: asJson ? JSON.stringify(document) : document },
  };
}

const read = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::models/*" };
const everybody = { ...read, Principal: "*" };

function allows(which: string): string {
  return `sample: policy statement ${which} allows everybody: name the accounts or roles in Principal, or add a Condition on who they are.`;
}

export const bucketNotPublicCases: Cases = {
  policy: bucketNotPublic,
  catches: [
    {
      name: "a public ACL",
      resources: [
        { type: "aws:s3/bucketAcl:BucketAcl", properties: { bucket: "models", acl: "public-read" } },
        { type: "aws:s3/bucket:Bucket", properties: { acl: "authenticated-read" } },
        { type: "aws:s3/bucketObjectv2:BucketObjectv2", properties: { acl: "public-read-write" } },
      ],
      violations: ["public-read", "authenticated-read", "public-read-write"].map(
        (acl) => `sample: acl is "${acl}": remove it, or set "private".`,
      ),
    },
    {
      name: "a grant to everybody",
      resources: [
        {
          type: "aws:s3/bucketAcl:BucketAcl",
          properties: {
            accessControlPolicy: {
              grants: [
                { grantee: { uri: "http://acs.amazonaws.com/groups/global/AllUsers" }, permission: "READ" },
              ],
            },
          },
        },
        {
          type: "aws:s3/bucket:Bucket",
          properties: { grants: [{ uri: "http://acs.amazonaws.com/groups/global/AuthenticatedUsers" }] },
        },
      ],
      violations: ["AllUsers", "AuthenticatedUsers"].map(
        (group) =>
          `sample: an ACL grants access to http://acs.amazonaws.com/groups/global/${group}: remove the grant.`,
      ),
    },
    {
      name: "a policy that allows everybody, in every spelling",
      resources: [
        policy([{ ...everybody, Sid: "Public" }]),
        policy({ ...read, Principal: { AWS: "*" } }, false),
        policy([{ ...read, Principal: { AWS: ["arn:aws:iam::123456789012:root", "*"] } }]),
        policy([{ ...read, NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" } }]),
      ],
      violations: [allows('"Public"'), allows("number 1"), allows("number 1"), allows("number 1")],
    },
    {
      name: "conditions that narrow nothing",
      resources: [
        policy([{ ...everybody, Condition: { Bool: { "aws:SecureTransport": "true" } } }]),
        policy([{ ...everybody, Condition: { StringLike: { "aws:PrincipalOrgID": "*" } } }]),
        policy([{ ...everybody, Condition: { IpAddress: { "aws:SourceIp": ["0.0.0.0/0"] } } }]),
        policy([{ ...everybody, Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1a2b3c" } } }]),
      ],
      violations: [allows("number 1"), allows("number 1"), allows("number 1"), allows("number 1")],
    },

    {
      name: "an access point for everybody",
      resources: [
        {
          type: "aws:s3control/accessPointPolicy:AccessPointPolicy",
          properties: { policy: JSON.stringify({ Statement: everybody }) },
        },
      ],
      violations: [allows("number 1")],
    },
    {
      name: "anyone's distribution",
      resources: [policy({ ...read, Principal: { Service: "cloudfront.amazonaws.com" } })],
      violations: [
        "sample: policy statement number 1 allows the distributions of every account: add a Condition on aws:SourceArn or aws:SourceAccount.",
      ],
    },
  ],
  passes: [
    {
      name: "a policy that denies everybody and allows a role",
      resources: [
        policy([
          {
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: "*",
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
          { ...read, Principal: { AWS: "arn:aws:iam::123456789012:role/reader" } },
        ]),
      ],
    },
    {
      name: "everybody, but only of the organisation or from the endpoint",
      resources: [
        policy([{ ...everybody, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1a2b3c" } } }], false),
        policy([{ ...everybody, Condition: { StringEquals: { "aws:sourceVpce": ["vpce-1a2b3c"] } } }]),
        policy([
          {
            ...everybody,
            Condition: { StringEquals: { "s3:prefix": "*", "aws:SourceAccount": "123456789012" } },
          },
        ]),
      ],
    },
    {
      name: "private ACLs",
      resources: [
        { type: "aws:s3/bucketAcl:BucketAcl", properties: { acl: "private" } },
        { type: "aws:s3/bucketAcl:BucketAcl", properties: { acl: "log-delivery-write" } },
        {
          type: "aws:s3/bucketAcl:BucketAcl",
          properties: {
            accessControlPolicy: { grants: [{ grantee: { id: "1a2b3c" }, permission: "READ" }] },
          },
        },
      ],
    },
    {
      name: "a policy that is no JSON, which AWS refuses",
      resources: [{ ...policy([]), properties: { policy: "{" } }],
    },
    {
      name: "a resource of another service",
      resources: [{ type: "aws:sqs/queuePolicy:QueuePolicy", properties: { acl: "public-read" } }],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "which objects is not known, who may read them is",
        resources: [policy([{ ...everybody, Resource: unknown }], false)],
        violations: [allows("number 1")],
      },
      {
        name: "one account is not known, another is everybody",
        resources: [policy([{ ...read, Principal: { AWS: [unknown, "*"] } }], false)],
        violations: [allows("number 1")],
      },
    ],
    passes: [
      { name: "the document is not known", resources: [{ ...policy([]), properties: { policy: unknown } }] },
      {
        name: "the condition is not known",
        resources: [policy([{ ...everybody, Condition: unknown }], false)],
      },
    ],
  },
  faults: [
    faults.set(/s3\/bucket:Bucket$/, "acl", "public-read"),
    faults.set(/:BucketPolicy$/, "policy", faults.everybody),
  ],
};
