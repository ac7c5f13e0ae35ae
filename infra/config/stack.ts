import { z } from "zod";
import type { System } from "../systems/system";
import { clustersSchema } from "./clusters";
import { environmentSchema } from "./environment";
import { platformSchema } from "./platform";
import { rotateSchema, secretsSchema } from "./secrets";
import { sizesSchema } from "./sizes";
import { systemsSchemaOf } from "./systems";

/** Tags that the program sets itself, so that a stack's own cannot contradict them. */
export const reservedTags = ["project", "stack", "environment", "managed-by"] as const;

const tagName = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]{0,23}$/,
    "a tag's name starts with a letter and has at most 24 letters, digits, - and _",
  )
  .refine((name) => !reservedTags.some((reserved) => reserved === name), {
    error: `the program sets the tags ${reservedTags.join(", ")} itself`,
  });

const tagValue = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,24}$/, "a tag's value has at most 25 letters, digits, ., - and _")
  .meta({ examples: ["ai-platform"] });

/**
 * Everything that a stack's configuration may say: one entry for each `ai-platform:` key of Pulumi.<stack>.yaml.
 * Everything that the program knows of a stack is here.
 *
 * @param systems every system that a stack may run
 */
export function stackSchemaOf(systems: readonly System[]) {
  return z.strictObject({
    environment: environmentSchema
      .describe("What the stack is for. It names the namespaces and sizes their quotas. (000, 002)")
      .meta({ examples: ["production"] }),
    tags: z
      .record(tagName, tagValue)
      .default({})
      .describe(
        "Tags on every cloud resource that can carry them, beside project, stack, environment and managed-by. Names and values are short enough for Linode, which takes 50 characters for both. (K6)",
      )
      .meta({ examples: [{ team: "ai-platform" }] }),
    protectData: z
      .boolean()
      .default(true)
      .describe(
        "Whether what holds data (buckets, databases, volumes, keys) is protected from deletion, and kept when the stack forgets it. (K6)",
      )
      .meta({ examples: [true] }),
    clusters: clustersSchema,
    systems: systemsSchemaOf(systems),
    platform: platformSchema,
    secrets: secretsSchema,
    rotate: rotateSchema,
    sizes: sizesSchema,
  });
}

/** The schema of a stack's configuration. */
export type StackSchema = ReturnType<typeof stackSchemaOf>;

/** A stack's configuration, checked and complete. */
export type StackConfig = z.infer<StackSchema>;

/** The `ai-platform:` keys. */
export type Section = keyof StackConfig;
