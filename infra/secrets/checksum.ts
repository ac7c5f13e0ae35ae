import { createHmac } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** The Secret whose values a checksum stands for. */
export interface ChecksumArgs {
  readonly namespace: string;
  readonly name: string;
  readonly values: pulumi.Output<Readonly<Record<string, string>>>;
  /** A secret of the stack's own, of which nobody who sees checksums knows anything. */
  readonly key: pulumi.Output<string>;
}

/**
 * A text that changes with a Secret's values and only then. It stands in pod templates, where many may read who may not
 * read Secrets, so it must not help to guess. A plain hash would: whoever has a list of likely values can hash them all,
 * and what people give to a stack may be short. Keyed with a secret it tells nothing, not even that two Secrets are equal;
 * so it may leave the realm of secrets, and a preview shows when pods will be rolled.
 */
export function checksumOf({ namespace, name, values, key }: ChecksumArgs): pulumi.Output<string> {
  return pulumi.unsecret(
    pulumi.all([key, values]).apply(([secret, known]) =>
      createHmac("sha256", `${namespace}/${name}/${secret}`)
        .update(JSON.stringify(Object.entries(known).sort()))
        .digest("hex"),
    ),
  );
}
