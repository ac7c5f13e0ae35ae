import { z } from "zod";

const generated = z.strictObject({
  source: z.literal("generated"),
  /** Characters of the value: letters and digits only, so that it fits into any connection string. */
  length: z.int().min(16).max(128).default(32),
});

/** Put together by the program from other values, such as a connection string. */
const derived = z.strictObject({ source: z.literal("derived") });

/** One Kubernetes Secret: its keys, where their values come from, and who uses it. */
export const bundleSchema = z.strictObject({
  /** The Secret's name. */
  name: z.string().regex(/^[a-z][a-z0-9-]{1,51}[a-z0-9]$/, "lower-case letters, digits and -"),
  /** The Secret's type: operators of databases take users from `kubernetes.io/basic-auth` only. */
  type: z.enum(["Opaque", "kubernetes.io/basic-auth"]).default("Opaque"),
  /** Labels of the Secret, where whoever reads it asks for some. */
  labels: z.record(z.string(), z.string()).default({}),
  keys: z.record(z.string(), z.discriminatedUnion("source", [generated, derived])),
  /** Names of the workloads that use the Secret. */
  consumers: z.array(z.string()).min(1),
});

/** One Kubernetes Secret: its keys, where their values come from, and who uses it. */
export type Bundle = z.infer<typeof bundleSchema>;
