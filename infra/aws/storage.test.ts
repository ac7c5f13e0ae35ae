import {
  lean,
  policyIn,
  production,
  type RecordedPlatform,
  recordPlatform,
} from "../../test/support/recorded/aws-platform";

// Describing a whole platform takes seconds on a busy machine.
jest.setTimeout(120_000);

let prod: RecordedPlatform;
beforeAll(async () => {
  prod = await recordPlatform(production);
});

describe("buckets", () => {
  const bucket = "s3/bucket:Bucket";

  test("have the names that others find them by, and their copies", () => {
    expect(prod.all(bucket).map(({ inputs }) => inputs.bucket)).toEqual([
      "atlas-ai-access-logs",
      "atlas-ai-models",
      "atlas-ai-models-replica",
      "atlas-ai-backups",
      "atlas-ai-backups-replica",
      "atlas-ai-data",
      "atlas-ai-data-replica",
      "atlas-ai-telemetry",
      "atlas-ai-assets",
    ]);
  });

  test("are private, versioned, owned whole and refuse plain HTTP, every one of them", () => {
    const count = prod.all(bucket).length;
    const blocks = prod.all("s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
    expect(blocks).toHaveLength(count);
    for (const { inputs } of blocks) {
      expect(inputs).toMatchObject({
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
    }
    const owned = prod.all("s3/bucketOwnershipControls:BucketOwnershipControls");
    expect(owned).toHaveLength(count);
    for (const { inputs } of owned) expect(inputs.rule).toEqual({ objectOwnership: "BucketOwnerEnforced" });
    expect(prod.all("s3/bucketVersioning:BucketVersioning")).toHaveLength(count);
    const policies = prod.all("s3/bucketPolicy:BucketPolicy");
    expect(policies).toHaveLength(count);
    for (const policy of policies) {
      expect(policyIn(policy).Statement[0]).toMatchObject({
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      });
    }
  });

  test("are encrypted with the stack's key of their region; what AWS writes, with S3's own", () => {
    const encryption = (part: string) =>
      prod.one("s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", part)
        .inputs.rules;
    const withKey = (key: string) => [
      {
        applyServerSideEncryptionByDefault: {
          sseAlgorithm: "aws:kms",
          kmsMasterKeyId: `arn:mocked:Key/${key}`,
        },
        bucketKeyEnabled: true,
      },
    ];
    expect(encryption("models-encryption")).toEqual(withKey("aws-data-key-key"));
    expect(encryption("models-replica-encryption")).toEqual(withKey("aws-replica-key-key"));
    expect(encryption("access-logs-encryption")).toEqual([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
  });

  test("keep three earlier versions of models, backups for 30 days, and cool data down (C7)", () => {
    const rules = (part: string) =>
      prod.one("s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", part).inputs.rules;
    expect(rules("models-lifecycle")).toMatchObject([
      { abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } },
      { noncurrentVersionExpiration: { noncurrentDays: 30, newerNoncurrentVersions: 3 } },
    ]);
    expect(rules("backups-lifecycle")).toMatchObject([{}, { expiration: { days: 30 } }]);
    expect(rules("data-lifecycle")).toMatchObject([
      {},
      {
        transitions: [
          { days: 30, storageClass: "STANDARD_IA" },
          { days: 90, storageClass: "GLACIER_IR" },
        ],
      },
    ]);
  });

  test("are copied to the other region by a role that can do nothing else", () => {
    const replicas = prod.all(bucket).filter(({ name }) => name.includes("replica"));
    expect(replicas.every(({ provider }) => provider.includes("aws-us-west-2"))).toBe(true);
    const statements = policyIn(prod.one("iam/rolePolicy:RolePolicy", "models-replication")).Statement;
    expect(statements.flatMap(({ Action }) => Action).toSorted()).toEqual([
      "kms:Decrypt",
      "kms:Decrypt",
      "kms:Encrypt",
      "kms:GenerateDataKey",
      "s3:GetObjectVersionAcl",
      "s3:GetObjectVersionForReplication",
      "s3:GetObjectVersionTagging",
      "s3:GetReplicationConfiguration",
      "s3:ListBucket",
      "s3:ReplicateObject",
      "s3:ReplicateTags",
    ]);
    expect(JSON.stringify(statements)).not.toContain('"Resource":"*"');
    expect(
      prod.one("s3/bucketReplicationConfig:BucketReplicationConfig", "models").inputs.rules,
    ).toMatchObject([
      {
        status: "Enabled",
        deleteMarkerReplication: { status: "Disabled" },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
        destination: { replicationTime: { status: "Enabled", time: { minutes: 15 } } },
      },
    ]);
  });

  test("have no copies, and no key or provider for them, where nothing is to be copied", async () => {
    const local = await recordPlatform(lean);
    expect(local.all(bucket).map(({ inputs }) => inputs.bucket)).toEqual([
      "atlas-ai-access-logs",
      "atlas-ai-models",
      "atlas-ai-backups",
      "atlas-ai-data",
      "atlas-ai-telemetry",
    ]);
    expect(local.resources.filter(({ type }) => type === "pulumi:providers:aws")).toHaveLength(1);
    expect(local.all("kms/key:Key")).toHaveLength(2);
  });

  test("log who reads and writes them", () => {
    const logged = prod.all("s3/bucketLogging:BucketLogging").map(({ inputs }) => inputs.targetPrefix);
    expect(logged).toEqual([
      "atlas-ai-models/",
      "atlas-ai-backups/",
      "atlas-ai-data/",
      "atlas-ai-telemetry/",
      "atlas-ai-assets/",
    ]);
  });
});

describe("volume backups", () => {
  test("are taken daily at two, kept 30 days, and copied to the other region", () => {
    expect(prod.one("backup/plan:Plan").inputs.rules).toMatchObject([
      {
        schedule: "cron(0 2 * * ? *)",
        lifecycle: { deleteAfter: 30 },
        copyActions: [
          {
            destinationVaultArn: "arn:mocked:Vault/aws-volume-backups-copies-vault",
            lifecycle: { deleteAfter: 30 },
          },
        ],
      },
    ]);
    expect(prod.one("backup/vault:Vault", "copies").provider).toContain("aws-us-west-2");
  });

  test("find the volumes by the tags that the EBS driver gives them", () => {
    const driver = prod.one("eks/addon:Addon", "ebs-csi").inputs;
    const { extraVolumeTags } = JSON.parse(String(driver.configurationValues)).controller;
    expect(extraVolumeTags).toEqual({ "ai-platform/backup": "daily", "ai-platform/cluster": "atlas-prod" });
    expect(prod.one("backup/selection:Selection").inputs.conditions).toEqual([
      {
        stringEquals: [
          { key: "aws:ResourceTag/ai-platform/backup", value: "daily" },
          { key: "aws:ResourceTag/ai-platform/cluster", value: "atlas-prod" },
        ],
        stringNotEquals: [{ key: "aws:ResourceTag/ai-platform/scratch", value: "true" }],
      },
    ]);
  });
});
