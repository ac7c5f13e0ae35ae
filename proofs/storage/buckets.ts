import { z } from "zod";
import { type Check, each, nothing } from "../verdict";

const source =
  "S3: DeleteBucket refuses buckets that hold objects or versions; Pulumi, aws.s3.Bucket: forceDestroy";

/** A bucket that is not protected goes with its stack, whatever it holds. */
export const bucketsGo: Check = ({ plan }) =>
  plan === undefined
    ? nothing
    : each(
        plan.all("aws:s3/bucket:Bucket", z.object({ forceDestroy: z.boolean().default(false) })),
        ({ name, isProtected, inputs: { forceDestroy } }) =>
          isProtected === !forceDestroy
            ? undefined
            : {
                object: name,
                rule: isProtected
                  ? "it is protected, and its objects go with it when it is replaced"
                  : "it is not protected, and stays for as long as it holds objects: a stack that is rebuilt at will does not go",
                source,
                fix: "set forceDestroy where data is not protected, and only there",
              },
      );
