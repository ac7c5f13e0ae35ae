import { evidenceOf, faultsOf, type Piece } from "../../test/support/proofs/evidence";
import { storage } from ".";

const faults = (...pieces: readonly Piece[]) => faultsOf(storage, evidenceOf(...pieces));

test.each([
  [{}, 1],
  [{ forceDestroy: true }, 0],
])("a bucket that is not protected, with %j", (inputs, count) => {
  expect(faults({ type: "aws:s3/bucket:Bucket", name: "models", inputs })).toHaveLength(count);
});

test.each([
  ["not protected, that the provider does not empty", {}, false, 1],
  ["not protected, that the provider empties", { objBucketForceDelete: "true" }, false, 0],
  ["protected, that the provider empties", { objBucketForceDelete: "true" }, true, 1],
  ["protected, that stays", {}, true, 0],
])("a bucket of Linode's, %s", (_, settings, protect, count) => {
  const provider = "pulumi:providers:linode::linode-provider";
  const bucket = {
    type: "linode:index/objectStorageBucket:ObjectStorageBucket",
    name: "exports",
    inputs: {},
  };
  const evidence = evidenceOf(
    { type: "pulumi:providers:linode", name: "linode-provider", inputs: settings },
    { ...bucket, options: { provider, protect } },
  );
  expect(faultsOf(storage, evidence)).toHaveLength(count);
});
