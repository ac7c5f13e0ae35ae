import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { linodeBucketPrivate } from "./bucket-private";

function bucket(properties: Values): Sample {
  return {
    type: "linode:index/objectStorageBucket:ObjectStorageBucket",
    properties: { label: "exports", region: "fr-par", ...properties },
  };
}

function isPublic(acl: string): string {
  return `sample: acl is "${acl}": remove it, or set "private".`;
}

export const linodeBucketPrivateCases: Cases = {
  policy: linodeBucketPrivate,
  catches: [
    {
      name: "a public bucket",
      resources: [bucket({ acl: "public-read" })],
      violations: [isPublic("public-read")],
    },
    {
      name: "a public object",
      resources: [
        {
          type: "linode:index/objectStorageObject:ObjectStorageObject",
          properties: { key: "report.csv", acl: "authenticated-read" },
        },
      ],
      violations: [isPublic("authenticated-read")],
    },
  ],
  passes: [
    { name: "private", resources: [bucket({ acl: "private" })] },
    { name: "Linode's default", resources: [bucket({})] },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the region is not known",
        resources: [bucket({ region: unknown, acl: "public-read-write" })],
        violations: [isPublic("public-read-write")],
      },
    ],
    passes: [{ name: "the ACL is not known", resources: [bucket({ acl: unknown })] }],
  },
  faults: [faults.set(/:ObjectStorageBucket$/, "acl", "public-read")],
};
