import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const plans = join(__dirname, "../../test/golden/plan");

const textOf = (stack: string, file: string): string => readFileSync(join(plans, stack, file), "utf8");

/** What is production's: its namespace, and its bucket of data. */
const production = ["atlas-ai-production", '"atlas-ai-data"', "arn:aws:s3:::atlas-ai-data/"];

test.each(["dev", "staging"])("%s needs no secret, role or bucket of production (000)", (stack) => {
  const files = readdirSync(join(plans, stack));
  const leading = files.filter(
    (file) =>
      !file.includes("observability-runbooks") &&
      production.some((name) => textOf(stack, file).includes(name)),
  );
  expect(leading).toEqual([]);
});

test("production itself would be found", () => {
  const found = production.map((name) =>
    readdirSync(join(plans, "prod")).some((file) => textOf("prod", file).includes(name)),
  );
  expect(found).toEqual([true, true, false]);
});

test("staging's job reads its own features, and its own stack's bucket", () => {
  const job = textOf("staging", "kubernetes.batch.v1.CronJob.atlas-data-anonymised-data-cron-job.json");
  expect(job).toContain('"name": "timescaledb-secrets"');
  expect(job).toContain('"namespace": "atlas-ai-staging"');
  const policy = textOf("staging", "aws.iam.RolePolicy.aws-roles-anonymised-data-policy.json");
  expect(policy).not.toContain("PutObject");
});
