import type * as pulumi from "@pulumi/pulumi";

/** Options of a part of a system that depends on a part of the platform, where this stack has it. */
export function dependentPart(
  parent: pulumi.Resource,
  needed: pulumi.Resource | undefined,
): pulumi.ComponentResourceOptions {
  return { parent, dependsOn: needed ? [needed] : [] };
}
