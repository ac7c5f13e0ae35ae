import type * as pulumi from "@pulumi/pulumi";

/** Options of a part of a system that needs something of the platform first, where this stack has that. */
export function dependentPart(
  parent: pulumi.Resource,
  needed: pulumi.Resource | undefined,
): pulumi.ComponentResourceOptions {
  return { parent, dependsOn: needed ? [needed] : [] };
}
