import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";

/** Alerts as prometheus-operator takes them: one object for what is watched together. */
export function createPrometheusRule(
  name: string,
  { metadata, groups }: { readonly metadata: ObjectName; readonly groups: readonly unknown[] },
  options: pulumi.CustomResourceOptions,
): void {
  new CustomResource(
    name,
    { apiVersion: "monitoring.coreos.com/v1", kind: "PrometheusRule", metadata, spec: { groups } },
    options,
  );
}

interface ObjectName {
  readonly name: string;
  readonly namespace: string;
}
