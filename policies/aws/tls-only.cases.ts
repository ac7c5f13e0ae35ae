import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { bucket, ofBucket } from "../testing/samples";
import { unknown, type Values } from "../value";
import { tlsOnly } from "./tls-only";

const deny: Values = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

function policy(statement: Values, asJson = true): Sample {
  const document = { Version: "2012-10-17", Statement: [statement] };
  return ofBucket("Policy", { policy: asJson ? JSON.stringify(document) : document });
}

const files: Sample = {
  type: "aws:efs/fileSystem:FileSystem",
  name: "files",
  properties: { encrypted: true },
};

function filePolicy(statement: Values): Sample {
  return {
    type: "aws:efs/fileSystemPolicy:FileSystemPolicy",
    name: "policy",
    properties: { policy: JSON.stringify({ Statement: statement }) },
    dependencies: { fileSystemId: ["files"] },
  };
}

const bare =
  'models: no BucketPolicy of this bucket denies requests without TLS: add a Deny with Condition {"Bool": {"aws:SecureTransport": "false"}}.';

const plain = { Bool: { "aws:SecureTransport": "false" } };

export const tlsOnlyCases: Cases = {
  policy: tlsOnly,
  catches: [
    { name: "no policy", resources: [bucket("models")], violations: [bare] },
    {
      name: "a denial of reading alone",
      resources: [bucket("models"), policy({ ...deny, Action: ["s3:GetObject"] })],
      violations: [bare],
    },
    {
      name: "a denial for one account, and one that allows",
      resources: [
        bucket("models"),
        policy({ ...deny, Principal: { AWS: "123456789012" } }),
        { ...policy({ ...deny, Effect: "Allow" }), name: "allow" },
      ],
      violations: [bare],
    },
    {
      name: "a file system",
      resources: [files, filePolicy({ ...deny, Condition: {} })],
      violations: [
        bare
          .replace("models", "files")
          .replace("BucketPolicy of this bucket", "FileSystemPolicy of this file system"),
      ],
    },

    {
      name: "denials that ask for more than a plain request, or are of a part",
      resources: [
        bucket("models"),
        policy({ ...deny, Condition: { ...plain, StringEquals: { "aws:PrincipalAccount": "1" } } }),
        {
          ...policy({ ...deny, Condition: { Bool: { "aws:SecureTransport": ["false", "true"] } } }),
          name: "both",
        },
        { ...policy({ ...deny, Resource: "arn:aws:s3:::models/public/*" }), name: "part" },
        { ...policy({ ...deny, Resource: "arn:aws:s3:::models" }), name: "bucket" },
      ],
      violations: [bare],
    },
  ],
  passes: [
    { name: "plain requests are denied", resources: [bucket("models"), policy(deny)] },
    {
      name: "a file system's, in another spelling",
      resources: [files, filePolicy({ ...deny, Principal: { AWS: "*" }, Action: "*" })],
    },

    {
      name: "the same in other spellings",
      resources: [
        bucket("models"),
        policy({
          ...deny,
          Principal: { AWS: ["*"] },
          Resource: ["arn:aws:s3:::models", "arn:aws:s3:::models/*"],
          Condition: { BoolIfExists: { "AWS:SecureTransport": false } },
        }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "of what is not known, but it is reading alone",
        resources: [bucket("models"), policy({ ...deny, Resource: unknown, Action: "s3:GetObject" }, false)],
        violations: [bare],
      },
    ],
    passes: [
      {
        name: "the policy is not known",
        resources: [bucket("models"), ofBucket("Policy", { policy: unknown })],
      },
      {
        name: "whom it denies is not known",
        resources: [bucket("models"), policy({ ...deny, Principal: unknown }, false)],
      },
    ],
  },
  faults: [
    faults.gone(/:BucketPolicy$/),
    faults.set(/:BucketPolicy$/, "policy", faults.everything),
    faults.gone(/:FileSystemPolicy$/),
  ],
};
