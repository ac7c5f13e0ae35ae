import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Value, type Values } from "../value";
import { linodeKeysLimited } from "./keys-limited";

const token = (scopes: Value): Sample => ({
  type: "linode:index/token:Token",
  properties: { label: "dns", scopes },
});

const key = (bucketAccesses: Value): Sample => ({
  type: "linode:index/objectStorageKey:ObjectStorageKey",
  properties: { label: "exports", bucketAccesses },
});

const user = (properties: Values): Sample => ({ type: "linode:index/user:User", properties });

const every = "sample: bucketAccesses is not set, so the key opens every bucket: name them.";

export const linodeKeysLimitedCases: Cases = {
  policy: linodeKeysLimited,
  catches: [
    {
      name: "a user for everything, said or left out",
      resources: [user({ username: "ci", restricted: false }), user({ username: "ci" })],
      violations: Array(2).fill(
        "sample: restricted is not true, so it may do everything in the account: set it, and grant what is needed.",
      ),
    },
    { name: "a key for every bucket", resources: [key(null)], violations: [every] },
    {
      name: "a token for everything",
      resources: [token("*")],
      violations: ['sample: scopes is "*": list what it is for.'],
    },
    {
      name: "a token for the account itself, beside other scopes, and for the accounts below it",
      resources: [
        token("domains:read_write account:read_write"),
        token("linodes:read_only,account:*"),
        token("child_account:read_write"),
      ],
      violations: ["account:read_write", "account:*", "child_account:read_write"].map(
        (scope) =>
          `sample: scopes holds ${scope}, by which it makes users and tokens for everything: list what it is for.`,
      ),
    },
  ],
  passes: [
    {
      name: "limited",
      resources: [
        user({ username: "ci", restricted: true }),
        key([{ bucketName: "exports", permissions: "read_write", region: "fr-par" }]),
        token("domains:read_write"),
        token("account:read_only linodes:read_write"),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the label is not known",
        resources: [{ ...key([]), properties: { label: unknown, bucketAccesses: [] } }],
        violations: [every],
      },
    ],
    passes: [
      {
        name: "not known",
        resources: [key(unknown), key([unknown]), token(unknown), user({ restricted: unknown })],
      },
    ],
  },
  faults: [faults.set(/:Token$/, "scopes", "*"), faults.without(/:ObjectStorageKey$/, "bucketAccesses")],
};
