import type { Provider } from "@pulumi/aws/provider";
import type * as pulumi from "@pulumi/pulumi";
import { EncryptionKey } from "./encryption-key";
import type { AwsPlatformArgs } from "./platform-args";

/** The region that copies go to: a provider, and a key, because keys do not leave their region. */
export function createReplicaRegion(
  name: string,
  { config, protectData }: AwsPlatformArgs,
  provider: Provider,
  parent: pulumi.Resource,
): { region: string; provider: Provider; keyArn: pulumi.Output<string> } {
  const key = new EncryptionKey(
    `${name}-replica-key`,
    {
      description: `Copies of buckets and backups of ${config.cluster.name}`,
      alias: `${config.cluster.name}-replica`,
      accountId: config.accountId,
      protectData,
    },
    { parent, providers: [provider] },
  );
  return { region: config.replicaRegion, provider, keyArn: key.arn };
}
