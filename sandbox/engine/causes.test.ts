import { causesOf } from "./causes";

const closing = "rpc error: code = Canceled desc = grpc: the client connection is closing";
const violation = (enforcement: "advisory" | "mandatory") => ({
  policy: "aws-bucket-encryption",
  enforcement,
  resource: "urn:pulumi:prod::ai-platform::ai-platform:aws:Storage$aws:s3/bucket:Bucket::models",
  message: "The bucket is not encrypted.",
});

test("what follows from another fault is left out, and each cause is said once", () => {
  const cause = "Deployment shop/web: the image cannot be pulled";
  expect(causesOf([closing, cause, "update failed", closing, cause], [])).toEqual([cause]);
});

test("a policy that stops the run is a cause, with its resource; one that advises is none", () => {
  expect(causesOf([closing], [violation("mandatory"), violation("advisory")])).toEqual([
    "aws-bucket-encryption: aws:s3/bucket:Bucket models: The bucket is not encrypted.",
  ]);
});

test("a consequence is told where nothing else is", () => {
  expect(causesOf([closing, closing], [])).toEqual([closing]);
});

test("a cause that quotes the words of a consequence in a later line stays", () => {
  const cause = "2 faults in Pulumi.prod.yaml. Nothing was changed.\n  update failed";
  expect(causesOf([cause], [])).toEqual([cause]);
});
