import * as pulumi from "@pulumi/pulumi";
import type { ReadableSecret } from "./secret-bundles";

/**
 * A Secret that something else makes: cert-manager, an operator, another stack. Pods wait until it exists. Its mounted files are
 * renewed in place. Its changes do not roll the pods, because the program does not see them.
 */
export function existingSecret(secret: Pick<ReadableSecret, "namespace" | "name" | "keys">): ReadableSecret {
  return { ...secret, optional: [], checksum: pulumi.output(`${secret.namespace}/${secret.name}`) };
}
