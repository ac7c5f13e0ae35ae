import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";
import type { SystemsConfig } from "../systems/system";
import { type Bundle, isExternal } from "./bundle";

/** The store that every ExternalSecret reads from. */
export const externalStoreName = "aws-secrets-manager";

/** Whether a bundle that is used on a cluster is copied from AWS Secrets Manager. */
export function readsExternalSecrets(
  bundles: readonly Bundle[],
  systems: SystemsConfig,
  cluster: string,
): boolean {
  return bundles
    .filter(isExternal)
    .some(({ system }) => system === "platform" || systems[system]?.cluster === cluster);
}

/** How long a change in the store may take to reach the Secret. */
const refreshInterval = "1h";

/** Arguments of {@link externalSecret}. */
export interface ExternalSecretArgs {
  readonly bundle: Bundle;
  readonly namespace: string;
}

/** Has the External Secrets operator make a bundle's Secret, and keep it as the store has it. */
export function externalSecret(
  name: string,
  { bundle, namespace }: ExternalSecretArgs,
  options: pulumi.CustomResourceOptions,
): CustomResource {
  return new CustomResource(
    name,
    {
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: { name: bundle.name, namespace },
      spec: {
        refreshInterval,
        secretStoreRef: { kind: "ClusterSecretStore", name: externalStoreName },
        target: {
          name: bundle.name,
          creationPolicy: "Owner",
          template: { type: bundle.type, metadata: { labels: bundle.labels } },
        },
        data: Object.entries(bundle.keys).flatMap(([secretKey, key]) =>
          key.source !== "external"
            ? []
            : [
                {
                  secretKey,
                  remoteRef: {
                    key: key.key,
                    ...(key.property !== undefined && { property: key.property }),
                  },
                },
              ],
        ),
      },
    },
    options,
  );
}
