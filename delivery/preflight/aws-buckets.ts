import { bucketSuffixes } from "../../infra/config/aws-rules";
import type { Finding, Row } from "../row";
import { messageOf } from "./answer";
import type { PreflightContext } from "./context";
import { clustersOn, findingsOf, isOn } from "./each-cluster";

/** Bucket names are unique worldwide, and an existing stack already owns its own. */
export const awsBucketsRow: Row<PreflightContext> = {
  id: "aws-buckets",
  title: "The buckets' names are free, or the account's own",
  seed: "001 Deployment Scripts, prerequisite validation; C7",
  appliesTo: isOn("aws"),
  check: (around) =>
    findingsOf(clustersOn(around, "aws"), async ({ name, config: { buckets } }) => {
      const findings: Finding[] = [];
      for (const suffix of bucketSuffixes) {
        const bucket = `${buckets.prefix}-${suffix}`;
        const words = ["s3api", "head-bucket", "--bucket", bucket];
        const answer = await around.output("aws", ...words).then(() => "", messageOf);
        if (answer === "" || /\(404\)|Not Found/.test(answer)) continue;
        findings.push({
          about: `the bucket ${bucket}`,
          expected: "no such bucket, or one of this account",
          found: answer,
          look: `another ai-platform:clusters.${name}.buckets.prefix; aws ${words.join(" ")}`,
        });
      }
      return findings;
    }),
};
