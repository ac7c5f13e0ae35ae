import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";

/**
 * Pods and Services of one namespace that Helm releases and operators create, by their labels:
 * `app=redis,role=leader`.
 */
export interface MadeLabels {
  readonly namespace: string;
  readonly pods?: readonly string[];
  readonly services?: readonly string[];
}

/** An object that a Helm release or an operator creates, as references see it. */
export interface MadeObject {
  readonly kind: string;
  /** Undefined for cluster-wide objects. */
  readonly namespace?: string;
  readonly name: string;
  /** Keys of a ConfigMap or Secret. @default every key exists */
  readonly keys?: readonly string[];
  /** Numbers and names of a Service's ports. @default every port exists */
  readonly ports?: readonly (number | string)[];
}

const text: PolicyConfigJSONSchema = { type: "string" };
const texts: PolicyConfigJSONSchema = { type: "array", items: text };

/** The schema for labels of objects that the pack cannot see. */
export const madeLabels = listOf<MadeLabels>(
  "Pods and Services that Helm releases and operators make, by namespace: of each the labels by which it may be selected, as `app=redis,role=leader`.",
  { namespace: text, pods: texts, services: texts },
  ["namespace"],
);

/** The schema for objects that the pack cannot see. */
export const madeObjects = listOf<MadeObject>(
  "Objects that Helm releases and operators make, with the keys of ConfigMaps and Secrets and the ports of Services.",
  {
    kind: text,
    namespace: text,
    name: text,
    keys: texts,
    ports: { type: "array", items: { type: ["number", "string"] } },
  },
  ["kind", "name"],
);

function listOf<Item>(
  description: string,
  properties: Readonly<Record<string, PolicyConfigJSONSchema>>,
  required: string[],
) {
  const none: readonly Item[] = [];
  return {
    type: "array",
    items: { type: "object", properties: { ...properties }, required, additionalProperties: false },
    default: none,
    description,
  } as const satisfies PolicyConfigJSONSchema;
}

/** The labels in `app=redis,role=leader`. */
export function labelsOf(written: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    written.split(",").map((label) => {
      const [key = "", value = ""] = label.split("=");
      return [key, value];
    }),
  );
}
