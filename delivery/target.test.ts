import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTargets } from "./target";

const repository = join(__dirname, "..");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ai-platform-target-"));
  for (const name of ["Pulumi.yaml", "Pulumi.prod.yaml", "Pulumi.staging.yaml"]) {
    copyFileSync(join(repository, name), join(folder, name));
  }
  mkdirSync(join(folder, "build", "summary"), { recursive: true });
  writeFileSync(join(folder, "kubeconfig"), "");
});

afterEach(() => rmSync(folder, { recursive: true }));

/** The clusters' names in their clouds, as the stack files of the repository have them. */
const names: Readonly<Record<string, string>> = {
  "prod aws": "atlas-prod",
  "prod linode": "aiaas-prod",
  "staging aws": "atlas-staging",
  "staging linode": "aiaas-prod",
};

function summarize(stack: string, cloud: string, ...recorded: readonly string[]): void {
  const clusters = [{ cloud, name: names[`${stack} ${cloud}`], kubeconfig: join(folder, "kubeconfig") }];
  const file = join(folder, "build", "summary", `${stack}.json`);
  writeFileSync(file, JSON.stringify({ clusters, releases: { recorded } }));
}

function targetsOf(stack: string) {
  return findTargets({ projectDirectory: folder, stack, clouds: false, kubeconfigs: [] });
}

test("a stack that was never up is refused, with the command that brings it up", async () => {
  await expect(targetsOf("staging")).rejects.toThrow("make up STACK=staging");
});

test("clusters are those of the stack's last run", async () => {
  summarize("prod", "aws");
  expect((await targetsOf("prod")).clusters).toEqual([
    { placement: "aws", name: "aws atlas-prod", kubeconfig: { file: join(folder, "kubeconfig") } },
  ]);
});

test("releases that are only recorded are the stack's, and those of the stack whose cluster it shares", async () => {
  summarize("prod", "linode", "linode-platform-traces-tempo");
  summarize("staging", "aws", "aws-platform-traces-tempo");
  expect((await targetsOf("staging")).sandbox?.recordedReleases).toEqual([
    "aws-platform-traces-tempo",
    "linode-platform-traces-tempo",
  ]);
  expect((await targetsOf("prod")).sandbox?.recordedReleases).toEqual(["linode-platform-traces-tempo"]);
});

test("a cluster of another stack is known by the name that its owner's file gives it", async () => {
  summarize("staging", "linode");
  expect((await targetsOf("staging")).clusters).toMatchObject([
    { placement: "linode", name: "linode aiaas-prod" },
  ]);
});

test("a kubeconfig is for a cluster that the stack has", async () => {
  const given = (text: string) =>
    findTargets({ projectDirectory: folder, stack: "prod", clouds: false, kubeconfigs: [text] });
  expect((await given("linode=/some/file")).clusters).toMatchObject([{ placement: "linode" }]);
  await expect(given("local=/some/file")).rejects.toThrow("it must be aws, linode with a file");
});
