import * as pulumi from "@pulumi/pulumi";

export interface KubeconfigArgs {
  readonly clusterName: pulumi.Input<string>;
  readonly region: string;
  readonly endpoint: pulumi.Input<string>;
  /** CA certificate, PEM in base64. */
  readonly certificateAuthority: pulumi.Input<string>;
}

/**
 * A kubeconfig without credentials: the user's AWS CLI provides a token for a quarter of an hour. It is JSON,
 * which every YAML parser accepts, and always the same text for the same cluster.
 */
export function createKubeconfig(args: KubeconfigArgs): pulumi.Output<string> {
  return pulumi.jsonStringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: args.clusterName,
        cluster: { server: args.endpoint, "certificate-authority-data": args.certificateAuthority },
      },
    ],
    users: [
      {
        name: args.clusterName,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1",
            command: "aws",
            args: [
              "eks",
              "get-token",
              "--region",
              args.region,
              "--cluster-name",
              args.clusterName,
              "--output",
              "json",
            ],
            interactiveMode: "Never",
          },
        },
      },
    ],
    contexts: [{ name: args.clusterName, context: { cluster: args.clusterName, user: args.clusterName } }],
    "current-context": args.clusterName,
  });
}
