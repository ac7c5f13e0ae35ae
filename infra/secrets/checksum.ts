import { createHmac } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** The Secret whose values a checksum stands for. */
export interface ChecksumArgs {
  readonly namespace: string;
  readonly name: string;
  readonly values: pulumi.Output<Readonly<Record<string, string>>>;
  /** A secret of the stack's own, unknown to readers of checksums. */
  readonly key: pulumi.Output<string>;
}

/**
 * A text that changes with a Secret's values and only then. It is in pod templates, which more people may
 * read than Secrets, so it must not help to guess values. A plain hash would: with a list of likely values
 * all can be hashed, and secrets from people may be short. Keyed with a secret it reveals nothing, not even
 * that two Secrets are equal; so it need not be a secret itself, and a preview shows when pods will be
 * rolled.
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
