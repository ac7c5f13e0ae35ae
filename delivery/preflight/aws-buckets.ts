import { bucketSuffixes } from "../../infra/config/aws-rules";
import { type Finding, type Row, verdictOf } from "../row";
import { messageOf } from "./answer";
import type { PreflightContext } from "./context";

/** Bucket names are unique worldwide, and an existing stack already owns its own. */
export const awsBucketsRow: Row<PreflightContext> = {
  id: "aws-buckets",
  title: "The buckets' names are free, or the account's own",
  seed: "001 Deployment Scripts, prerequisite validation; C7",
  appliesTo: ({ config }) => config?.aws !== undefined,
  check: async ({ config, output }) => {
    const prefix = config?.aws?.buckets.prefix ?? "";
    const findings: Finding[] = [];
    for (const suffix of bucketSuffixes) {
      const words = ["s3api", "head-bucket", "--bucket", `${prefix}-${suffix}`];
      const answer = await output("aws", ...words).then(() => "", messageOf);
      if (answer === "" || /\(404\)|Not Found/.test(answer)) continue;
      findings.push({
        about: `the bucket ${prefix}-${suffix}`,
        expected: "no such bucket, or one of this account",
        found: answer,
        look: `another ai-platform:aws.buckets.prefix; aws ${words.join(" ")}`,
      });
    }
    return verdictOf(findings);
  },
};
