import { z } from "zod";

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const principal = z.union([z.literal("*"), z.record(z.string(), texts)]);

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), texts)).default({}),
});

const document = z.object({
  Version: z.string().optional(),
  Statement: z.union([statement, z.array(statement)]).transform((value) => [value].flat()),
});

export type Statement = z.infer<typeof statement>;
export type Document = z.infer<typeof document>;

/**
 * A policy document from its text.
 *
 * @throws ZodError for an element that IAM does not have, or that is not implemented here
 */
export function documentOf(text: string): Document {
  return document.parse(JSON.parse(text));
}
