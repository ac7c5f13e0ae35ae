import { evidenceOf, faultsOf } from "../../test/support/proofs/evidence";
import { objectsStay } from "./expiry";

test.each<readonly [string, object, string | undefined]>([
  ["aws-storage-models-lifecycle", { noncurrentVersionExpiration: { noncurrentDays: 30 } }, undefined],
  ["aws-storage-models-lifecycle", { expiration: { days: 30 } }, "the bucket holds what is there to stay"],
  ["aws-storage-models-lifecycle", { expiration: { days: 30 }, status: "Disabled" }, undefined],
  ["aws-storage-models-lifecycle", { expiration: { days: 30 }, filter: { prefix: "scratch/" } }, undefined],
  ["aws-storage-models-replica-lifecycle", { expiration: { days: 30 } }, "there to stay"],
  ["aws-storage-backups-lifecycle", { expiration: { days: 30 } }, undefined],
  ["aws-storage-backups-lifecycle", { expiration: { days: 7 } }, "deletes backups after 7 days"],
  ["aws-storage-backups-replica-lifecycle", { expiration: { days: 1 } }, "deletes backups after 1 days"],
  ["aws-storage-telemetry-lifecycle", { expiration: { days: 1 } }, undefined],
])("%s with %j", (name, rule, expected) => {
  const lifecycle = {
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    name,
    inputs: { rules: [{ id: "rule", status: "Enabled", filter: { prefix: "" }, ...rule }] },
  };
  expect(faultsOf(objectsStay, evidenceOf(lifecycle))).toEqual(
    expected === undefined ? [] : [expect.stringContaining(expected)],
  );
});
