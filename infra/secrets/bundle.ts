import { z } from "zod";
import { workloadNames } from "../config/workloads";

const generated = z.strictObject({
  source: z.literal("generated"),
  /** Characters of the value: letters and digits only, so that it fits into any connection string. */
  length: z.int().min(16).max(128).default(32),
});

/** Given by people, encrypted, in the stack's configuration: `ai-platform:secrets`. */
const stack = z.strictObject({
  source: z.literal("stack"),
  /** Whether a stack may do without. The Secret then lacks the key. */
  optional: z.boolean().default(false),
});

/** Kept in AWS Secrets Manager, from where the External Secrets operator copies it; on EKS only. */
const external = z.strictObject({
  source: z.literal("external"),
  /** The secret's name there, after the cluster's name and a slash: nothing else may be read. */
  key: z.string().regex(/^[A-Za-z0-9/_+=.@-]+$/, "letters, digits and / _ + = . @ -"),
  /** The property of it, where it holds JSON. Left out: the whole. */
  property: z.string().min(1).optional(),
});

/** Put together by the program from other values, such as a connection string. */
const derived = z.strictObject({ source: z.literal("derived") });

const keySchema = z.discriminatedUnion("source", [generated, stack, external, derived]);

/** Where the value of a bundle's key comes from. */
export type BundleKey = z.infer<typeof keySchema>;

/** The keys of a bundle, by their names in the Secret. */
export type BundleKeys = Readonly<Record<string, BundleKey>>;

const keyName = z.string().regex(/^[A-Za-z0-9._-]+$/, "letters, digits and . _ -");

/** One Kubernetes Secret: its keys, where their values come from, who uses it, and how often it changes. */
export const bundleSchema = z.strictObject({
  /** The Secret's name, and the file's. */
  name: z.string().regex(/^[a-z][a-z0-9-]{1,51}[a-z0-9]$/, "lower-case letters, digits and -"),
  /** The system that the Secret belongs to; `platform` for what every system uses. */
  system: z
    .enum(["atlas", "aiaas", "ai-middleware", "market-research", "platform"])
    .meta({ examples: ["atlas"] }),
  /**
   * The optional section of the stack's configuration that asks for it, such as `platform.alerts`. Left out: every stack that has
   * the system must give its values.
   */
  wantedBy: z
    .string()
    .regex(/^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)+$/, "a section and its keys, joined by dots")
    .optional()
    .meta({ examples: ["platform.alerts"] }),
  /** The Secret's type: operators of databases take users from `kubernetes.io/basic-auth` only. */
  type: z.enum(["Opaque", "kubernetes.io/basic-auth", "kubernetes.io/dockerconfigjson"]).default("Opaque"),
  /** Labels of the Secret, where whoever reads it asks for some. */
  labels: z.record(z.string(), z.string()).default({}),
  keys: z
    .record(keyName, keySchema)
    .refine((keys) => Object.keys(keys).length > 0, { error: "a Secret without keys is of no use" })
    .refine(isOfOneOwner, {
      error: "the operator owns a Secret that it copies: either every key is external, or none",
    })
    .meta({ examples: [{ password: { source: "generated" } }] }),
  /** The workloads that use the Secret. */
  consumers: z
    .array(z.enum(workloadNames))
    .min(1)
    .meta({ examples: [["ai-engine"]] }),
  /**
   * Days after which generated values are made anew, and after which people should replace the others. `never` for a value
   * that something was encrypted with. (002: quarterly)
   */
  rotationDays: z
    .union([z.int().min(1).max(366), z.literal("never")])
    .default(90)
    .meta({ examples: [90] }),
});

/** One Kubernetes Secret: its keys, where their values come from, who uses it, and how often it changes. */
export type Bundle = z.infer<typeof bundleSchema>;

/** Whether a bundle's Secret is made by the External Secrets operator. */
export function isExternal({ keys }: { readonly keys: BundleKeys }): boolean {
  return Object.values(keys).some(({ source }) => source === "external");
}

function isOfOneOwner(keys: BundleKeys): boolean {
  return !isExternal({ keys }) || Object.values(keys).every(({ source }) => source === "external");
}
