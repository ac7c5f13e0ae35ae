import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import type { Policy } from "../policy";
import { at, items, type Value } from "../value";
import type { Exception, Granted } from "./granted";

/** A reason has at least three words. */
const sentence = "\\S+\\s+\\S+\\s+\\S";

/**
 * The schema of a stack's exemptions from a policy until a day, for resources that can carry neither
 * annotation nor tag.
 */
export const exempted: PolicyConfigJSONSchema = {
  type: "array",
  items: {
    type: "object",
    properties: {
      resources: { type: "array", items: { type: "string" }, minItems: 1 },
      until: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
      owner: { type: "string", pattern: "\\S" },
      reason: { type: "string", pattern: sentence },
    },
    required: ["resources", "until", "reason"],
    additionalProperties: false,
  },
};

/** The engine refuses a configuration with an exception that has no reason. */
const exception: PolicyConfigJSONSchema = {
  type: "object",
  properties: {
    names: { type: "array", items: { type: "string" }, minItems: 1 },
    reason: { type: "string", pattern: sentence },
  },
  required: ["names", "reason"],
  additionalProperties: false,
};

/**
 * The schema of exceptions in a policy's configuration.
 *
 * @param description what may be permitted, and how it is named
 * @param standing what is permitted by default
 */
export function exceptions(description: string, standing: readonly Exception[] = []) {
  return {
    type: "array",
    items: exception,
    default: standing,
    description: `${description} A list of \`names\`, with the \`reason\`.`,
  } as const;
}

export function namesOf(exceptions: readonly Exception[]): readonly string[] {
  return exceptions.flatMap(({ names }) => names);
}

/** All exceptions in the configuration of a policy. */
export function grantedBy({ id, configuration: schemas }: Policy, configuration: Value): readonly Granted[] {
  const exempting = items(at(configuration, "exempt")).map((one) => ({
    policy: id,
    key: "exempt",
    names: items(at(one, "resources")).map(String),
    reason: `${String(at(one, "reason"))} (until ${String(at(one, "until"))})`,
  }));
  const standing = Object.entries<PolicyConfigJSONSchema>({ ...schemas })
    .filter(([, schema]) => schema.items === exception)
    .flatMap(([key]) =>
      items(at(configuration, key)).map((one) => ({
        policy: id,
        key,
        names: items(at(one, "names")).map(String),
        reason: String(at(one, "reason")),
      })),
    );
  return [...standing, ...exempting];
}
