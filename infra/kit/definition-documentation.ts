import type * as pulumi from "@pulumi/pulumi";

const definition = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";

/**
 * Leaves the fields' descriptions out of custom resource definitions: two thirds of their text, which only `kubectl explain`
 * shows, and which the engine would write into the state with each step of every run. And leaves out what API servers leave out
 * when they keep one, a schema's empty `properties`: Strimzi's `kafkas` has them, and would differ at each refresh.
 */
export function withoutDescriptions({
  type,
  props,
  opts,
}: pulumi.ResourceTransformArgs): pulumi.ResourceTransformResult | undefined {
  return type === definition ? { props: undescribed(props), opts } : undefined;
}

/** Without descriptions; a field that is itself called `description` stays. */
function undescribed(object: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object)
      .filter(([key, value]) => key !== "description" || typeof value !== "string")
      .filter(([key, value]) => !(key === "properties" && isEmpty(value) && "type" in object))
      .map(([key, value]) => [key, undescribedValue(value)]),
  );
}

function undescribedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(undescribedValue);
  return typeof value === "object" && value !== null ? undescribed(value) : value;
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
