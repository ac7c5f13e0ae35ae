import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { awsCommandLine } from "./aws-cli";
import { CloudStore } from "./store";

let cache: string;

beforeEach(async () => {
  cache = mkdtempSync(join(tmpdir(), "aws-cli-"));
  jest.replaceProperty(process, "env", { XDG_CACHE_HOME: cache });
  const platform = join(cache, "ai-platform");
  mkdirSync(join(platform, "clusters", "aws-atlas"), { recursive: true });
  writeFileSync(join(platform, "clusters", "aws-atlas", "cluster.json"), '{"token":"s3cret"}');
  await new CloudStore(join(platform, "clouds")).create({
    cloud: "aws",
    account: "123456789012",
    type: "aws:eks/cluster:Cluster",
    region: "us-east-1",
    id: "atlas",
    urn: "",
    createdAt: "",
    inputs: {},
    computed: {},
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(cache, { recursive: true });
});

const wanted = ["eks", "get-token", "--cluster-name", "atlas", "--region", "us-east-1"];

test.each([
  ["the plain call", wanted],
  ["json said explicitly", [...wanted, "--output", "json"]],
  ["options first", ["--region", "us-east-1", "eks", "get-token", "--cluster-name=atlas"]],
  [
    "a role and a profile, which the sandbox has no use for",
    [...wanted, "--role-arn", "arn", "--profile", "p"],
  ],
])("answers with the cluster's token: %s", (_, words) => {
  const { exitCode, output = "" } = awsCommandLine(words);

  expect(exitCode).toBe(0);
  expect(JSON.parse(output)).toMatchObject({ kind: "ExecCredential", status: { token: "s3cret" } });
});

test.each(["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"])(
  "speaks the version of its caller: %s",
  (apiVersion) => {
    const { output = "" } = awsCommandLine(wanted, { KUBERNETES_EXEC_INFO: JSON.stringify({ apiVersion }) });
    expect(JSON.parse(output).apiVersion).toBe(apiVersion);
  },
);

test("takes the region of the environment", () => {
  const words = ["eks", "get-token", "--cluster-name", "atlas"];
  expect(awsCommandLine(words, { AWS_REGION: "us-east-1" }).exitCode).toBe(0);
  expect(awsCommandLine(words, {})).toMatchObject({
    exitCode: 252,
    error: expect.stringContaining("--region"),
  });
});

test.each([
  ["another name", ["eks", "get-token", "--cluster-name", "other", "--region", "us-east-1"]],
  ["another region", ["eks", "get-token", "--cluster-name", "atlas", "--region", "us-west-2"]],
])("knows no cluster of %s", (_, words) => {
  expect(awsCommandLine(words)).toMatchObject({
    exitCode: 254,
    error: expect.stringMatching(/no cluster found/),
  });
});

test.each([
  ["another command", ["s3", "ls"]],
  ["an unknown option", [...wanted, "--debug", "yes"]],
  ["an option without its value", ["eks", "get-token", "--cluster-name"]],
  ["another format", [...wanted, "--output", "yaml"]],
  ["nothing", []],
])("says that it knows only get-token: %s", (_, words) => {
  const { exitCode, error } = awsCommandLine(words);
  expect(exitCode).toBe(252);
  expect(error).toMatch(/the sandbox's aws/);
});

test("the program on the sandbox's PATH answers, as kubeconfigs of EKS call it", () => {
  const program = join(__dirname, "..", "engine", "bin", "aws");
  const answer = execFileSync(program, wanted, {
    encoding: "utf8",
    env: { ...process.env, XDG_CACHE_HOME: cache },
  });
  expect(JSON.parse(answer)).toMatchObject({ kind: "ExecCredential", status: { token: "s3cret" } });
});
