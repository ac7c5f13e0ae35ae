import { Provider } from "@pulumi/linode/provider";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link createLinodeProvider}. */
export interface LinodeProviderArgs {
  /** Whether buckets that hold objects refuse to go; without it they are emptied first. */
  readonly protectData: boolean;
}

/**
 * Linode's provider, with the token of the stack (`linode:token`, a secret) or else of the environment (`LINODE_TOKEN`),
 * which the provider reads by itself so that it never gets into the state.
 *
 * @throws pulumi.RunError when there is neither
 */
export function createLinodeProvider(
  name: string,
  { protectData }: LinodeProviderArgs,
  options: pulumi.CustomResourceOptions,
): Provider {
  const token = new pulumi.Config("linode").getSecret("token");
  if (token === undefined && !process.env.LINODE_TOKEN) {
    throw new pulumi.RunError(
      "There is no Linode token. Give the stack one with `pulumi config set --secret linode:token`, or set LINODE_TOKEN. It needs to read and write LKE, Firewalls, Object Storage, Databases and Domains, as far as the stack uses them, and with Domains also Account, to make the cluster a token of its own.",
    );
  }
  return new Provider(
    name,
    {
      ...(token !== undefined && { token }),
      // Versioning and lifecycle rules are set through S3; this saves a standing key that opens every bucket.
      objUseTempKeys: true,
      ...(!protectData && { objBucketForceDelete: true }),
    },
    options,
  );
}
