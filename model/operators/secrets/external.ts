import { z } from "zod";
import type { Operator } from "../operator";
import { madeFor } from "../parts/made";
import { opaque, secret } from "../parts/secret";

const texts = z.record(z.string(), z.string());

/**
 * The fields of an ExternalSecret from which External Secrets Operator creates its Secret, with its defaults.
 */
const externalSpec = z.object({
  data: z.array(z.object({ secretKey: z.string() })).default([]),
  target: z
    .object({
      name: z.string().optional(),
      creationPolicy: z.string().default("Owner"),
      template: z
        .object({
          type: z.string().optional(),
          metadata: z.object({ labels: texts.optional() }).optional(),
          mergePolicy: z.string().default("Replace"),
          data: texts.optional(),
        })
        .optional(),
    })
    .prefault({}),
});

/**
 * A Secret with the keys that the resource names. Keys that it copies as a whole (`dataFrom`) are unknown.
 */
export const externalSecret: Operator = (resource) => {
  const { data, target } = externalSpec.parse(resource.spec);
  if (target.creationPolicy !== "Owner" && target.creationPolicy !== "Orphan") return [];
  const fetched = data.map(({ secretKey }) => secretKey);
  const { template } = target;
  const templated = template?.data && Object.keys(template.data);
  const kept = templated === undefined || template?.mergePolicy === "Merge" ? fetched : [];
  return [
    secret(
      target.name ?? resource.metadata.name,
      [...new Set([...kept, ...(templated ?? [])])],
      template?.metadata?.labels,
      template?.type ?? opaque,
    ),
  ].map(madeFor(resource));
};
