import { z } from "zod";
import { type Check, each, nothing, sum } from "../verdict";

const aws =
  "S3: DeleteBucket refuses buckets that hold objects or versions; Pulumi, aws.s3.Bucket: forceDestroy";
const linode =
  "Linode, object storage: a bucket that holds objects is not deleted; Pulumi, linode provider: objBucketForceDelete";

/** Exactly the unprotected buckets are deleted with their stack, with their contents. */
export const bucketsGo: Check = ({ plan }) => {
  if (plan === undefined) {
    return nothing;
  }
  const emptying = new Set(
    plan
      .all("pulumi:providers:linode", z.looseObject({ objBucketForceDelete: z.unknown().optional() }))
      .filter(({ inputs }) => String(inputs.objBucketForceDelete) === "true")
      .map(({ name }) => name),
  );
  return sum([
    each(
      plan.all("aws:s3/bucket:Bucket", z.object({ forceDestroy: z.boolean().default(false) })),
      ({ name, isProtected, inputs: { forceDestroy } }) =>
        faultOf(name, isProtected, forceDestroy, {
          source: aws,
          fix: "set forceDestroy where data is not protected, and only there",
        }),
    ),
    each(
      plan.all("linode:index/objectStorageBucket:ObjectStorageBucket", z.unknown()),
      ({ name, isProtected, provider = "" }) =>
        faultOf(name, isProtected, emptying.has(provider), {
          source: linode,
          fix: "have the provider empty buckets (objBucketForceDelete) where data is not protected, and only there",
        }),
    ),
  ]);
};

function faultOf(
  object: string,
  isProtected: boolean,
  isEmptied: boolean,
  advice: { readonly source: string; readonly fix: string },
) {
  return isProtected === !isEmptied
    ? undefined
    : {
        object,
        rule: isProtected
          ? "it is protected, and its objects go with it when it is replaced"
          : "it is not protected, and stays for as long as it holds objects: a stack that is rebuilt at will does not go",
        ...advice,
      };
}
