import { z } from "zod";

/** How an entry is called inside the program: in resource names, and where other entries refer to it. */
export const entryName = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/,
    "2 to 40 lower-case letters, digits and -, starting with a letter",
  );

const bucketSchema = z
  .strictObject({
    label: z
      .string()
      .regex(
        /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
        "3 to 63 lower-case letters, digits and single -, starting and ending with a letter or digit; no dots, because TLS certificates of the endpoint cover one level only",
      )
      .describe("The bucket's name, unique in its region among all customers of Linode. (C8)")
      .meta({ examples: ["ai-prod-backups"] }),
    versioning: z
      .boolean()
      .default(true)
      .describe("Whether overwritten and deleted objects are kept as older versions. (C8)")
      .meta({ examples: [true] }),
    expireAfterDays: z
      .int()
      .min(1)
      .optional()
      .describe("Days after which an object is deleted. Left out: objects stay. (C8, R1)")
      .meta({ examples: [30] }),
    expireOldVersionsAfterDays: z
      .int()
      .min(1)
      .default(30)
      .describe("Days after which a version that was overwritten or deleted goes for good. (C8)")
      .meta({ examples: [30] }),
  })
  .describe("A private bucket. (C8)");

/** Buckets and the keys that open them. */
export const objectStorageSchema = z
  .strictObject({
    buckets: z
      .record(entryName, bucketSchema)
      .describe("Buckets, by what they are for. (C8)")
      .meta({ examples: [{ backups: { label: "ai-prod-backups" } }] }),
    keys: z
      .record(
        entryName,
        z
          .record(entryName, z.enum(["read_only", "read_write"]))
          .describe("What the key may do, by bucket. (C8)")
          .meta({ examples: [{ backups: "read_write" }] }),
      )
      .default({})
      .describe("Access keys, one for each consumer, each limited to the buckets that it names. (C8)")
      .meta({ examples: [{ velero: { backups: "read_write" } }] }),
  })
  .describe("Linode Object Storage. (C8)");

export type LinodeObjectStorageConfig = z.infer<typeof objectStorageSchema>;
export type LinodeBucketConfig = z.infer<typeof bucketSchema>;
