import { z } from "zod";
import { type Check, each, nothing, sum } from "../verdict";

const token = z.object({ scopes: z.string() });
const key = z.object({
  label: z.string(),
  bucketAccesses: z.array(z.object({ bucketName: z.string(), permissions: z.string() })).default([]),
});

/** Scopes that a token in a cluster may have: external-dns needs these and nothing else does. */
const allowedScopes: ReadonlySet<string> = new Set(["domains:read_write"]);

/** Linode's tokens and keys open only what they are for. */
export const keysAreNarrow: Check = ({ plan }) =>
  plan === undefined
    ? nothing
    : sum([
        each(plan.all("linode:index/token:Token", token), ({ name, inputs: { scopes } }) => {
          const wide = scopes.split(/[ ,]+/).filter((scope) => !allowedScopes.has(scope));
          return wide.length === 0
            ? undefined
            : {
                object: name,
                rule: `its scopes ${wide.join(", ")} open more than the records that it is for`,
                source: "external-dns, docs/tutorials/linode.md: a token with Domains read and write",
                fix: "give it domains:read_write alone",
              };
        }),
        each(plan.all("linode:index/objectStorageKey:ObjectStorageKey", key), ({ name, inputs }) => {
          const purpose = /-key-(.+)$/.exec(name)?.[1] ?? "";
          const { bucketAccesses } = inputs;
          if (bucketAccesses.some(({ permissions }) => permissions === "read_only")) {
            return {
              object: name,
              rule: `it only reads, and ${purpose} is written with it`,
              source: "Linode, Object Storage: limited access keys, permissions",
              fix: "give it read_write",
            };
          }
          return bucketAccesses.length === 1
            ? undefined
            : {
                object: name,
                rule:
                  bucketAccesses.length === 0
                    ? "it opens every bucket of the account"
                    : `it opens ${bucketAccesses.length} buckets, and is for ${purpose}`,
                source: "Linode, Object Storage: limited access keys",
                fix: "name the one bucket that it is for",
              };
        }),
      ]);
