import type { Labels } from "../../facts/object";

/**
 * Labels of Strimzi's objects: those of the custom resource that are not application labels themselves, and
 * its own.
 *
 * @param component - What the object is part of, for example `kafka`.
 * @param name - Default: the cluster's name and the component.
 */
export function strimziLabels(
  cluster: string,
  component: string,
  given: Labels = {},
  name = `${cluster}-${component}`,
): Record<string, string> {
  const others = Object.entries(given).filter(([key]) => !key.startsWith("app.kubernetes.io"));
  return {
    ...Object.fromEntries(others),
    "app.kubernetes.io/instance": cluster,
    "app.kubernetes.io/managed-by": "strimzi-cluster-operator",
    "app.kubernetes.io/name": component,
    "app.kubernetes.io/part-of": `strimzi-${cluster}`,
    "strimzi.io/cluster": cluster,
    "strimzi.io/component-type": component,
    "strimzi.io/kind": "Kafka",
    "strimzi.io/name": name,
  };
}

/** The labels by which Strimzi's Services and budgets select. */
export function strimziSelector(cluster: string, component: string): Record<string, string> {
  return {
    "strimzi.io/cluster": cluster,
    "strimzi.io/kind": "Kafka",
    "strimzi.io/name": `${cluster}-${component}`,
  };
}
