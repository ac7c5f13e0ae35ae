import { CloudError } from "../../clouds/errors";
import { matches, oneOf } from "../../clouds/rules";
import {
  failure,
  partOf,
  type Request,
  type ResourceTable,
  type Rule,
  refers,
  type Tables,
} from "../../clouds/table";
import { leaves, number, objects, text, texts } from "../../clouds/values";
import { derived } from "./names";
import { policyDocument, statementsOf, stringsOf } from "./policy-document";
import { quotas } from "./quotas";
import { tokens } from "./tokens";

const storageClasses = [
  "STANDARD",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "GLACIER",
  "GLACIER_IR",
  "DEEP_ARCHIVE",
];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucketName: Rule = (inputs) =>
  texts(inputs, "bucket").flatMap((name) => {
    const faults = [
      name.length < 3 || name.length > 63
        ? `it has ${name.length} characters, 3 to 63 are allowed`
        : undefined,
      /[^a-z0-9.-]/.test(name) ? "only lower-case letters, digits, dots and hyphens are allowed" : undefined,
      /^[a-z0-9].*[a-z0-9]$/.test(name) ? undefined : "it must begin and end with a letter or a digit",
      name.includes("..") ? "two dots must not follow each other" : undefined,
      /^\d+(\.\d+){3}$/.test(name) ? "it must not look like an IP address" : undefined,
      /^(xn--|sthree-|amzn-s3-demo-)/.test(name) ? "its prefix is reserved" : undefined,
      /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name) ? "its suffix is reserved" : undefined,
    ];
    return faults
      .filter((fault) => fault !== undefined)
      .map((fault) => failure("bucket", `InvalidBucketName: "${name}" is not valid: ${fault}`));
  });

/** A policy speaks of its own bucket and of nothing else. */
const ownBucketOnly: Rule = (inputs) => {
  const bucket = text(inputs, "bucket");
  if (bucket === undefined) return [];
  return texts(inputs, "policy").flatMap((document) =>
    statementsOf(document)
      .flatMap((statement) => stringsOf(statement.Resource))
      .filter(
        (resource) =>
          resource !== `arn:aws:s3:::${bucket}` && !resource.startsWith(`arn:aws:s3:::${bucket}/`),
      )
      .map((resource) =>
        failure(
          "policy",
          `MalformedPolicy: policy has invalid resource "${resource}": the bucket is ${bucket}`,
        ),
      ),
  );
};

/** Objects stay 30 days at least before they move to an infrequent-access class, and later classes come later. */
const lifecycle: Rule = (inputs) =>
  objects(inputs, "rules").flatMap((rule) => {
    const id = text(rule, "id") ?? "";
    const early = objects(rule, "transitions")
      .filter((step) => ["STANDARD_IA", "ONEZONE_IA"].includes(text(step, "storageClass") ?? ""))
      .filter((step) => (number(step, "days") ?? 30) < 30)
      .map((step) => `${text(step, "storageClass")} after ${number(step, "days")} days; 30 are the least`);
    const last = Math.max(0, ...leaves(rule, "transitions.days").filter((days) => typeof days === "number"));
    const expiry = number(rule, "expiration.days");
    const late =
      expiry !== undefined && expiry <= last
        ? [`expiration after ${expiry} days, transition after ${last}`]
        : [];
    return [...early, ...late].map((fault) => failure("rules", `InvalidArgument: rule "${id}": ${fault}`));
  });

async function bucketRegion(request: Request): Promise<void> {
  const bucket = await request.neighbours.find(tokens.bucket, text(request.inputs, "bucket") ?? "");
  const region = bucket ? text(bucket.computed, "region") : undefined;
  if (region === undefined || region === request.region) return;
  throw new CloudError(
    "PermanentRedirect",
    `the bucket ${bucket?.id} is in ${region}, the request was sent to ${request.region}: use the provider of ${region}`,
  );
}

async function isVersioned(request: Request, bucket: string): Promise<boolean> {
  const records = await request.neighbours.list(tokens.bucketVersioning);
  return records.some(
    (record) =>
      record.inputs.bucket === bucket && text(record.inputs, "versioningConfiguration.status") === "Enabled",
  );
}

/** One of the settings of a bucket that are resources of their own, one for each bucket, and end with it. */
function setting(label: string, more: Partial<ResourceTable> = {}): ResourceTable {
  return {
    label,
    global: true,
    replaces: ["bucket"],
    identify: (inputs) => text(inputs, "bucket") ?? "",
    ...more,
    links: { bucket: partOf(tokens.bucket), ...more.links },
    admit: async (request) => {
      await bucketRegion(request);
      await more.admit?.(request);
    },
  };
}

export const storage: Tables = {
  [tokens.bucket]: {
    label: "S3 bucket",
    // Names of buckets are unique over all regions, so a second region sees the same drawer.
    global: true,
    replaces: ["bucket", "bucketPrefix", "objectLockEnabled"],
    autoName: "bucket",
    defaults: { forceDestroy: false },
    notFound: "NoSuchBucket",
    alreadyExists: "BucketAlreadyOwnedByYou",
    rules: [bucketName],
    quotas: [{ limit: quotas.bucketsPerAccount, code: "TooManyBuckets", of: "buckets per account" }],
    identify: (inputs) => text(inputs, "bucket") ?? "",
    compute: ({ id, region }) => ({
      arn: `arn:aws:s3:::${id}`,
      bucketDomainName: `${id}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${id}.s3.${region}.amazonaws.com`,
      bucketRegion: region,
      region,
      hostedZoneId: "Z3AQBSTGFYJSTF",
      requestPayer: "BucketOwner",
    }),
    // What a stack ran has written to its buckets: backups, models, access logs, telemetry.
    admitRemoval: async ({ record }) => {
      if (record.inputs.forceDestroy === true) return;
      throw new CloudError(
        "BucketNotEmpty",
        `the bucket ${record.id} holds objects, and is not made with forceDestroy: empty it first, all versions included`,
      );
    },
  },
  [tokens.bucketVersioning]: setting("S3 bucket versioning", {
    rules: [
      oneOf("versioningConfiguration.status", ["Enabled", "Suspended", "Disabled"]),
      oneOf("versioningConfiguration.mfaDelete", ["Enabled", "Disabled"]),
    ],
  }),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": setting(
    "S3 bucket encryption",
    {
      rules: [
        oneOf("rules.applyServerSideEncryptionByDefault.sseAlgorithm", ["AES256", "aws:kms", "aws:kms:dsse"]),
      ],
      links: {
        "rules.applyServerSideEncryptionByDefault.kmsMasterKeyId": refers(
          [tokens.key, tokens.alias],
          /alias\/aws\//,
        ),
      },
    },
  ),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": setting("S3 bucket public access block"),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": setting(
    "S3 bucket lifecycle configuration",
    {
      rules: [
        oneOf("rules.status", ["Enabled", "Disabled"]),
        oneOf("rules.transitions.storageClass", storageClasses),
        oneOf("rules.noncurrentVersionTransitions.storageClass", storageClasses),
        lifecycle,
      ],
      defaults: { transitionDefaultMinimumObjectSize: "all_storage_classes_128K" },
    },
  ),
  "aws:s3/bucketPolicy:BucketPolicy": setting("S3 bucket policy", {
    rules: [policyDocument("policy", "resource", 20_480), ownBucketOnly],
  }),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": setting("S3 bucket ownership controls", {
    rules: [oneOf("rule.objectOwnership", ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"])],
  }),
  "aws:s3/bucketLogging:BucketLogging": setting("S3 bucket logging", {
    links: { targetBucket: refers(tokens.bucket) },
  }),
  "aws:s3/bucketNotification:BucketNotification": setting("S3 bucket notification", {
    links: { "queues.queueArn": refers(tokens.queue) },
  }),
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": setting("S3 bucket CORS configuration"),
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": setting("S3 bucket replication configuration", {
    rules: [
      oneOf("rules.status", ["Enabled", "Disabled"]),
      oneOf("rules.destination.storageClass", storageClasses),
    ],
    links: {
      role: refers(tokens.role),
      "rules.destination.bucket": refers(tokens.bucket),
    },
    admit: async (request) => {
      const destinations = texts(request.inputs, "rules.destination.bucket").map((arn) =>
        arn.replace(/^arn:aws:s3:::/, ""),
      );
      for (const bucket of [text(request.inputs, "bucket") ?? "", ...destinations]) {
        if (await isVersioned(request, bucket)) continue;
        throw new CloudError(
          "InvalidRequest",
          `versioning must be "Enabled" on the bucket ${bucket} to apply a replication configuration`,
        );
      }
    },
  }),
  [tokens.queue]: {
    label: "SQS queue",
    replaces: ["name", "namePrefix", "fifoQueue"],
    autoName: "name",
    alreadyExists: "QueueNameExists",
    rules: [matches("name", /^[A-Za-z0-9_-]{1,80}(\.fifo)?$/, "up to 80 letters, digits, - and _")],
    links: { kmsMasterKeyId: refers([tokens.key, tokens.alias], /alias\/aws\//) },
    identify: (inputs, { account, region }) =>
      `https://sqs.${region}.amazonaws.com/${account}/${text(inputs, "name")}`,
    compute: ({ inputs, id, region, account }) => ({
      arn: `arn:aws:sqs:${region}:${account}:${text(inputs, "name")}`,
      url: id,
      policy: text(inputs, "policy") ?? "",
    }),
  },
  "aws:ebs/encryptionByDefault:EncryptionByDefault": {
    label: "EBS encryption by default",
    replaces: [],
    defaults: { enabled: true },
    identify: (_, { region }) => `ebs-encryption-${derived(region)}`,
  },
};
