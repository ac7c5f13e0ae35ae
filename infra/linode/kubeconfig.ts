import * as pulumi from "@pulumi/pulumi";

/** The kubeconfig that Linode hands over in base64, as text and as a secret: it holds a token with full access. */
export function decodeKubeconfig(encoded: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.secret(encoded).apply(kubeconfigText);
}

/**
 * The kubeconfig in a text of base64.
 *
 * @throws pulumi.RunError when what it decodes to is no kubeconfig
 */
export function kubeconfigText(base64: string): string {
  const text = Buffer.from(base64, "base64").toString("utf8");
  if (/^kind:\s*Config\s*$/m.test(text)) return text;
  throw new pulumi.RunError(
    "Linode answered with something that is not a kubeconfig. The cluster may still be starting: try again in a few minutes.",
  );
}
