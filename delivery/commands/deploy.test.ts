import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { eksAddons } from "../../facts/aws-eks";
import { filledStackFile, realAccount, realAddress } from "../../test/support/real-values";
import { deploy } from "./deploy";

const path = process.env.PATH;
let project: string;

/** Staging's AWS account, and that of somebody else. */
const own = realAccount;
const foreign = "999999999999";

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "deploy-"));
  const secrets = ["openai-key", "anthropic-key", "google-key", "atatus-license-key"];
  writeFileSync(
    join(project, "Pulumi.staging.yaml"),
    filledStackFile("staging", { "ai-middleware-secrets": secrets }),
  );
  // What the web answers: this machine's address, and that there is every image.
  jest.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(realAddress));
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
      `  sts) echo '{"Account":"${account}","Arn":"arn:aws:sts::${account}:assumed-role/platform-admin/ci"}' ;;`,
      `  service-quotas) echo '{"Quota":{"Value":1000}}' ;;`,
      `  iam) echo '{"Role":{"Arn":"arn:aws:iam::${account}:role/platform-admin"}}' ;;`,
      `  logs) echo '{"logGroups":[]}' ;;`,
      `  eks) echo '${JSON.stringify(offered)}' ;;`,
      `  ec2) echo '${JSON.stringify(region)}' ;;`,
      "  s3api) echo 1 ;;",
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

/** Everything that EKS offers, in answer to every question. */
const offered = {
  clusterVersions: [{ clusterVersion: "1.35", versionStatus: "STANDARD_SUPPORT" }],
  addons: Object.values(eksAddons["1.35"]).map((addonVersion) => ({ addonVersions: [{ addonVersion }] })),
};

const letters = ["a", "b", "c"];
const region = {
  Addresses: [],
  Vpcs: [],
  Volumes: [],
  AvailabilityZones: letters.map((letter, index) => ({
    ZoneName: `us-east-1${letter}`,
    ZoneId: `use1-az${index + 4}`,
    State: "available",
  })),
  InstanceTypeOfferings: letters.flatMap((letter) =>
    ["m6i.2xlarge", "g4dn.2xlarge"].map((InstanceType) => ({ InstanceType, Location: `us-east-1${letter}` })),
  ),
};

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
  expect(failed()).toEqual(["aws-account", "aws-access", "aws-administrators"]);
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
