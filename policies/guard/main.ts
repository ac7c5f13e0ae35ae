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

const howToWrite = "`pulumi preview --stack prod --json > plan.json` writes one";

function main(words: readonly string[]): void {
  if (words.includes("--help") || words.includes("-h")) {
    process.stdout.write(usage);
    return;
  }
  const [plan = "-", approvals = join(__dirname, "approvals.json")] = words;
  const unknown = words.find((word) => /^-./.test(word));
  if (unknown !== undefined || words.length > 2) {
    throw new Error(`unknown argument ${unknown ?? words[2]}: npm run guard -- --help shows what there is`);
  }
  if (plan === "-" && process.stdin.isTTY) {
    throw new Error(`no plan: give its file, or its text on standard input; ${howToWrite}`);
  }
  const steps = read(plan, "plan", readPlan);
  const given = givenDay();
  if (given !== undefined) {
    process.stderr.write(`${todayVariable} is set: approvals are judged as on ${given}.\n`);
  }
  const verdict = judge(steps, read(approvals, "approvals", readApprovals), today());
  for (const message of verdict.approved) process.stdout.write(`${message}\n`);
  for (const message of verdict.refused) process.stderr.write(`refused: ${message}\n`);
  if (verdict.refused.length > 0) {
    process.stderr.write(`Correct the program, or add an entry to ${approvals} and have it reviewed.\n`);
    process.exitCode = 1;
  }
}

/** @throws Error that names the file, what is wrong with it, and how to get one that is right */
function read<Content>(file: string, what: "plan" | "approvals", parse: (text: string) => Content): Content {
  const name = `${what} ${file === "-" ? "on standard input" : file}`;
  const advice = what === "plan" ? `; ${howToWrite}` : "";
  try {
    return parse(readFileSync(file === "-" ? 0 : file, "utf8"));
  } catch (error) {
    throw new Error(`${name}: ${messageOf(error)}${advice}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`error: ${messageOf(error)}\n`);
  process.exitCode = 1;
}
