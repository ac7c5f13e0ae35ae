import { readFileSync } from "node:fs";
import { join } from "node:path";
import { givenDay, today, todayVariable } from "../day";
import { readApprovals } from "./approval";
import { judge } from "./guard";
import { readPlan } from "./plan";

const usage = `usage: npm run guard -- [<plan>] [<approvals>]

Fails when a plan deletes or replaces a database, a bucket, a volume, a cluster or anything else that holds data or is
protected, unless the approvals name it.

  <plan>       what \`pulumi preview --json\` printed; without it, or with -, standard input
  <approvals>  a JSON list; without it policies/guard/approvals.json
`;

function main([plan = "-", approvals = join(__dirname, "approvals.json")]: readonly string[]): void {
  if (plan === "--help") {
    process.stdout.write(usage);
    return;
  }
  const steps = readPlan(readFileSync(plan === "-" ? 0 : plan, "utf8"));
  const given = givenDay();
  if (given !== undefined) {
    process.stderr.write(`${todayVariable} is set: approvals are judged as on ${given}.\n`);
  }
  const verdict = judge(steps, readApprovals(readFileSync(approvals, "utf8")), today());
  for (const message of verdict.approved) process.stdout.write(`${message}\n`);
  for (const message of verdict.refused) process.stderr.write(`refused: ${message}\n`);
  if (verdict.refused.length > 0) {
    process.stderr.write(`Correct the program, or add an entry to ${approvals} and have it reviewed.\n`);
    process.exitCode = 1;
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  process.exitCode = 2;
}
