import type { types } from "@pulumi/aws";
import type { AwsConfig } from "../config/aws";

type LifecycleRule = types.input.s3.BucketLifecycleConfigurationRule;
type BucketsConfig = AwsConfig["buckets"];

/** A lifecycle rule for every object of a bucket. */
function forAll(id: string, rule: Omit<LifecycleRule, "id" | "status" | "filter">): LifecycleRule {
  return { id, status: "Enabled", filter: { prefix: "" }, ...rule };
}

/** Old versions are deleted after this time; younger ones never are. */
const noncurrentDays = 30;

/**
 * Models stay hot, and with each its last few earlier versions, to roll back to. Older versions go, but none in its
 * first 30 days. (C7, 004)
 */
export function modelLifecycle({ modelVersions }: BucketsConfig): LifecycleRule[] {
  return [
    forAll("earlier-versions", {
      noncurrentVersionExpiration: { noncurrentDays, newerNoncurrentVersions: modelVersions },
    }),
  ];
}

/**
 * Backups are deleted when they expire; a deleted or overwritten one can be restored for a week. (C7, 000)
 */
export function backupLifecycle({ backupRetentionDays }: BucketsConfig): LifecycleRule[] {
  return [
    forAll("retention", {
      expiration: { days: backupRetentionDays },
      noncurrentVersionExpiration: { noncurrentDays: 7 },
    }),
  ];
}

/** Data cools down: hot, warm (Standard-IA), cold (Glacier Instant Retrieval, still read in milliseconds). (C7, 001) */
export function dataLifecycle({ warmAfterDays, coldAfterDays }: BucketsConfig): LifecycleRule[] {
  return [
    forAll("tiers", {
      transitions: [
        { days: warmAfterDays, storageClass: "STANDARD_IA" },
        { days: coldAfterDays, storageClass: "GLACIER_IR" },
      ],
      noncurrentVersionExpiration: { noncurrentDays },
    }),
  ];
}

/** Loki and Tempo delete what is past its retention; what they miss goes with the season. (P3, P4) */
export const telemetryLifecycle: LifecycleRule[] = [
  forAll("retention", { expiration: { days: 90 }, noncurrentVersionExpiration: { noncurrentDays: 1 } }),
];

/** Access logs are for looking into an incident, and those are found within a quarter. */
export const accessLogLifecycle: LifecycleRule[] = [
  forAll("retention", { expiration: { days: 90 }, noncurrentVersionExpiration: { noncurrentDays: 1 } }),
];

/** Static assets can be rebuilt from source: old ones serve for a rollback and are then deleted. */
export const assetLifecycle: LifecycleRule[] = [
  forAll("earlier-versions", { noncurrentVersionExpiration: { noncurrentDays } }),
];
