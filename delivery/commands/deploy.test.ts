import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { deploy } from "./deploy";

const path = process.env.PATH;
let project: string;

/** Staging's AWS account, and that of somebody else. */
const own = "123456789012";
const foreign = "999999999999";

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "deploy-"));
  copyFileSync(join(__dirname, "..", "..", "Pulumi.staging.yaml"), join(project, "Pulumi.staging.yaml"));
  process.env.PATH = [project, path].join(delimiter);
});

afterEach(() => {
  process.env.PATH = path;
  rmSync(project, { recursive: true });
});

/** Puts a program in the place of a cloud's command line; it keeps the words that it was called with. */
function program(name: string, script: string): void {
  writeFileSync(join(project, name), `#!/bin/sh\necho "${name} $@" >> ${project}/calls\n${script}\n`);
  chmodSync(join(project, name), 0o755);
}

function clouds(account: string): void {
  program(
    "aws",
    [
      'case "$1" in',
      "  --version) echo aws-cli/2.31.0 ;;",
      `  sts) echo '{"Account":"${account}","Arn":"arn:aws:iam::${account}:role/deploy"}' ;;`,
      `  service-quotas) echo '{"Quota":{"Value":1000}}' ;;`,
      "esac",
    ].join("\n"),
  );
  program(
    "pulumi",
    [
      'case "$1" in',
      "  version) echo v3.270.0 ;;",
      `  whoami) echo '{"url":"s3://state"}' ;;`,
      `  stack) echo '[{"name":"staging"}]' ;;`,
      "  up) exit 255 ;;",
      "esac",
    ].join("\n"),
  );
}

function run(): Promise<boolean> {
  return deploy({
    projectDirectory: project,
    stack: "staging",
    clouds: true,
    kubeconfigs: [],
    definitions: undefined,
    charts: undefined,
  });
}

function failed(): readonly string[] {
  const report: { results: { id: string; verdict: { outcome: string } }[] } = JSON.parse(
    readFileSync(join(project, "build", "reports", "staging-deploy.json"), "utf8"),
  );
  return report.results.filter(({ verdict }) => verdict.outcome === "fail").map(({ id }) => id);
}

function calls(): string {
  const file = join(project, "calls");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

test("changes nothing when the preflight finds fault", async () => {
  clouds(foreign);
  expect(await run()).toBe(false);
  expect(failed()).toEqual(["aws-account"]);
  expect(calls()).not.toContain("pulumi up");
});

test("brings the stack up under the policy pack, and looks no further when that fails", async () => {
  clouds(own);
  expect(await run()).toBe(false);
  expect(failed()).toEqual(["up"]);
  expect(calls()).toContain(
    "pulumi up --stack staging --policy-pack policies --policy-pack-config policies/config/staging.json",
  );
  expect(calls()).not.toContain("pulumi stack output");
});
