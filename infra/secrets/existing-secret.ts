import * as pulumi from "@pulumi/pulumi";
import type { ReadableSecret } from "./secret-bundles";

/**
 * A Secret that something else makes: cert-manager, an operator, another stack. Pods wait until it is there, and find its
 * files renewed; since what is in it changes without the program, that does not roll them.
 */
export function existingSecret(secret: Pick<ReadableSecret, "namespace" | "name" | "keys">): ReadableSecret {
  return { ...secret, optional: [], checksum: pulumi.output(`${secret.namespace}/${secret.name}`) };
}
