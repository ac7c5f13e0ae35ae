import { z } from "zod";
import { platformWorkloads } from "../config/workloads";
import { recoveryConsumers } from "../recovery/accounts";
import type { System } from "../systems/system";

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

/**
 * One Kubernetes Secret: its keys, where their values come from, who uses it, and how often it changes.
 *
 * @param systems every system that a Secret may belong to
 */
export function bundleSchemaOf(systems: readonly System[]) {
  const consumers = [
    ...systems.flatMap((system) => [...Object.keys(system.workloads), ...recoveryConsumers(system)]),
    ...platformWorkloads,
  ];
  return z.strictObject({
    /** The Secret's name, and the file's. */
    name: z.string().regex(/^[a-z][a-z0-9-]{1,51}[a-z0-9]$/, "lower-case letters, digits and -"),
    /** The system that the Secret belongs to; `platform` for what every system uses. */
    system: z.enum([...systems.map(({ name }) => name), "platform"]).meta({ examples: ["platform"] }),
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
    /** Labels of the Secret, where its reader needs some. */
    labels: z.record(z.string(), z.string()).default({}),
    keys: z
      .record(keyName, keySchema)
      .refine((keys) => Object.keys(keys).length > 0, { error: "a Secret without keys is of no use" })
      .refine(isOfOneOwner, {
        error: "the operator owns a Secret that it copies: either every key is external, or none",
      })
      .meta({ examples: [{ password: { source: "generated" } }] }),
    /** The workloads that use the Secret; `systems` where each workload of each system may. */
    consumers: z
      .union([z.array(z.enum(consumers)).min(1), z.literal("systems")])
      .meta({ examples: [["grafana"]] }),
    /**
     * Days after which generated values are replaced, and after which people should replace the others. `never` for a value
     * that something was encrypted with. (002: quarterly)
     */
    rotationDays: z
      .union([z.int().min(1).max(366), z.literal("never")])
      .default(90)
      .meta({ examples: [90] }),
  });
}

/** The schema of a bundle. */
export type BundleSchema = ReturnType<typeof bundleSchemaOf>;

/** One Kubernetes Secret: its keys, where their values come from, who uses it, and how often it changes. */
export type Bundle = z.infer<BundleSchema>;

/** The workloads that use a bundle's Secret, in words. */
export function consumersOf({ consumers }: Pick<Bundle, "consumers">): string {
  return consumers === "systems" ? "the systems' workloads" : consumers.join(", ");
}

/** Where a bundle is declared, from the repository's root on. */
export function bundleFile({ name, system }: Pick<Bundle, "name" | "system">): string {
  return system === "platform" ? `infra/secrets/bundles/${name}.yaml` : `apps/${system}/secrets/${name}.yaml`;
}

/** Whether a bundle's Secret is made by the External Secrets operator. */
export function isExternal({ keys }: { readonly keys: BundleKeys }): boolean {
  return Object.values(keys).some(({ source }) => source === "external");
}

function isOfOneOwner(keys: BundleKeys): boolean {
  return !isExternal({ keys }) || Object.values(keys).every(({ source }) => source === "external");
}
