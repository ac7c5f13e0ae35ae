import { z } from "zod";
import { stackSchema } from "../apps/registry";
import type { SchemaNode } from "../infra/config/schema-node";

/** What stack configuration allows, as JSON Schema: one property for each `ai-platform:` key, without the prefix. */
export function configurationSchema(): SchemaNode {
  return z.toJSONSchema(stackSchema, { io: "input", target: "draft-7", override: asWritten });
}

/** The JSON Schema of Pulumi.<stack>.yaml, for editors: our keys checked, Pulumi's and the providers' own let through. */
export function stackFileSchema(): SchemaNode {
  const { $schema, properties = {}, required = [] } = configurationSchema();
  return {
    ...($schema && { $schema }),
    title: "Stack configuration of ai-platform",
    type: "object",
    required: ["config"],
    properties: {
      config: {
        type: "object",
        properties: Object.fromEntries(
          Object.entries(properties).map(([key, schema]) => [`ai-platform:${key}`, schema]),
        ),
        patternProperties: { "^(?!ai-platform:)": {} },
        additionalProperties: false,
        required: required.map((key) => `ai-platform:${key}`),
      },
    },
  };
}

/** What a file holds differs from what the program sees in two ways. */
function asWritten({ jsonSchema }: { readonly jsonSchema: SchemaNode }): void {
  withoutMachineLimits(jsonSchema);
  if (jsonSchema.writeOnly && jsonSchema.type === "string") encrypted(jsonSchema);
}

/**
 * zod writes "any whole number" as the widest range that a double holds exactly, which is of no use to
 * readers.
 */
function withoutMachineLimits(jsonSchema: SchemaNode): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

/** A secret stands encrypted in the file. */
function encrypted(jsonSchema: SchemaNode): void {
  delete jsonSchema.minLength;
  Object.assign(jsonSchema, {
    type: "object",
    properties: {
      secure: { type: "string", description: "Encrypted by `pulumi config set --secret --path`." },
    },
    required: ["secure"],
    additionalProperties: false,
  });
}
