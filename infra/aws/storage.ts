import type { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import type { AwsConfig } from "../config/aws";
import { replicaSuffix } from "../config/aws-rules";
import { PrivateBucket } from "./bucket";
import {
  accessLogLifecycle,
  backupLifecycle,
  dataLifecycle,
  modelLifecycle,
  telemetryLifecycle,
} from "./bucket-lifecycles";
import { Replication } from "./replication";

type LifecycleRules = ReturnType<typeof modelLifecycle>;

export interface StorageArgs {
  readonly config: AwsConfig["buckets"];
  readonly accountId: string;
  readonly region: string;
  readonly keyArn: pulumi.Input<string>;
  /** Where the copies go; undefined when nothing is replicated. */
  readonly replica?: {
    readonly region: string;
    readonly provider: Provider;
    readonly keyArn: pulumi.Input<string>;
  };
  readonly protectData: boolean;
}

/**
 * Models, backups and data, each with a copy in another region; logs and traces, which need none; and the record of who
 * read and wrote them. (C7)
 */
export class Storage extends pulumi.ComponentResource {
  readonly models: PrivateBucket;
  readonly backups: PrivateBucket;
  readonly data: PrivateBucket;
  /** What Loki and Tempo keep. (P3, P4) */
  readonly telemetry: PrivateBucket;
  readonly accessLogs: PrivateBucket;

  constructor(name: string, args: StorageArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:Storage", name, {}, opts);
    const { config, protectData } = args;

    this.accessLogs = new PrivateBucket(
      `${name}-access-logs`,
      {
        bucketName: `${config.prefix}-access-logs`,
        lifecycleRules: accessLogLifecycle,
        statements: (bucketArn) => [
          {
            Sid: "S3DeliversLogs",
            Principal: { Service: "logging.s3.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: pulumi.interpolate`${bucketArn}/*`,
            Condition: {
              StringEquals: { "aws:SourceAccount": args.accountId },
              ArnLike: { "aws:SourceArn": `arn:aws:s3:::${config.prefix}-*` },
            },
          },
        ],
        protectData,
      },
      { parent: this },
    );

    const logged = (kind: string, lifecycleRules: LifecycleRules): PrivateBucket =>
      new PrivateBucket(
        `${name}-${kind}`,
        {
          bucketName: `${config.prefix}-${kind}`,
          keyArn: args.keyArn,
          lifecycleRules,
          accessLogs: { bucketName: this.accessLogs.bucketName },
          protectData,
        },
        { parent: this },
      );
    const replicated = (kind: string, lifecycleRules: LifecycleRules): PrivateBucket => {
      const bucketName = `${config.prefix}-${kind}`;
      const bucket = logged(kind, lifecycleRules);
      if (args.replica !== undefined) {
        const { provider, keyArn, region } = args.replica;
        const replica = new PrivateBucket(
          `${name}-${kind}-${replicaSuffix}`,
          { bucketName: `${bucketName}-${replicaSuffix}`, keyArn, lifecycleRules, protectData },
          { parent: this, providers: [provider] },
        );
        new Replication(
          `${name}-${kind}-replication`,
          {
            source: bucket,
            replica,
            region: args.region,
            replicaRegion: region,
            keyArn: args.keyArn,
            replicaKeyArn: keyArn,
          },
          { parent: this },
        );
      }
      return bucket;
    };
    this.models = replicated("models", modelLifecycle(config));
    this.backups = replicated("backups", backupLifecycle(config));
    this.data = replicated("data", dataLifecycle(config));
    this.telemetry = logged("telemetry", telemetryLifecycle);

    this.registerOutputs({
      models: this.models.bucketName,
      backups: this.backups.bucketName,
      data: this.data.bucketName,
      telemetry: this.telemetry.bucketName,
      accessLogs: this.accessLogs.bucketName,
    });
  }
}
