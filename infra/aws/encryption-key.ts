import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "./policy";

export interface EncryptionKeyArgs {
  /** Shown in the console beside the key. */
  readonly description: string;
  /** Alias without `alias/`; unique in account and region. */
  readonly alias: string;
  /** The account that owns the key and whose IAM policies decide on its use. */
  readonly accountId: string;
  /**
   * What AWS services may do with the key, beyond what IAM policies allow.
   * @default []
   */
  readonly serviceStatements?: readonly Statement[];
  /** Whether the key is protected from deletion: what it has encrypted is lost with it. */
  readonly protectData: boolean;
}

/**
 * A KMS key that is rotated every year, with an alias for people. Deletion takes 30 days, during which it can be
 * called off. (C6)
 */
export class EncryptionKey extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: EncryptionKeyArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:EncryptionKey", name, {}, opts);

    const key = new kms.Key(
      `${name}-key`,
      {
        description: args.description,
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        policy: policyDocument([
          {
            Sid: "AccountDecidesByIam",
            Principal: { AWS: `arn:aws:iam::${args.accountId}:root` },
            Action: "kms:*",
            Resource: "*",
          },
          ...(args.serviceStatements ?? []),
        ]),
      },
      { parent: this, protect: args.protectData, retainOnDelete: args.protectData },
    );
    new kms.Alias(`${name}-alias`, { name: `alias/${args.alias}`, targetKeyId: key.keyId }, { parent: this });

    this.arn = key.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

/** Lets CloudWatch Logs encrypt the log groups of one account and region whose names begin in a given way. */
export function logsMayUseKey(accountId: string, region: string, logGroupPrefix: string): Statement {
  return {
    Sid: "CloudWatchLogs",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: "*",
    Condition: {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${accountId}:log-group:${logGroupPrefix}*`,
      },
    },
  };
}
