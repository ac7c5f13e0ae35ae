import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Reporter } from "../cli/reporter";
import { ensureTools, prepareTools, type Ways } from ".";
import type { ToolName } from "./tools";

let home: string;
let bin: string;
const before = { ...process.env };

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "toolchain-"));
  bin = join(home, "bin");
  await mkdir(bin);
  process.env.XDG_CACHE_HOME = join(home, "cache");
  process.env.AI_PLATFORM_TOOLS = join(home, "tools");
  process.env.PATH = bin;
});

afterEach(async () => {
  for (const key of ["XDG_CACHE_HOME", "AI_PLATFORM_TOOLS", "PATH"]) {
    if (before[key] === undefined) {
      delete process.env[key];
    } else {
      process.env[key] = before[key];
    }
  }
  await rm(home, { recursive: true });
});

function recorder(): Reporter & { readonly lines: string[] } {
  const lines: string[] = [];
  const write = (message: string) => lines.push(message);
  return { lines, step: write, detail: write, warn: write };
}

async function program(name: string, script: string): Promise<string> {
  const path = join(bin, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

/** A `go` that tells its version, and runs `build` (which finds the output's path in $output) instead of compiling. */
function fakeGo(build: string, version = "go1.26.8"): Promise<string> {
  return program(
    "go",
    [
      `if [ "$1" = env ]; then echo ${version}; exit 0; fi`,
      'if [ "$1" = list ]; then echo one; echo two; exit 0; fi',
      'while [ "$#" -gt 0 ]; do [ "$1" = -o ] && output="$2"; package="$1"; shift; done',
      `echo "$package" >> ${home}/built`,
      build,
    ].join("\n"),
  );
}

const noRelease: Ways = {
  fetchPulumi: async () => {
    throw new Error("no way to it");
  },
};

const withoutTimes = (line: string): string => line.replace(/(\d+ min )?\d+ s$/, "TIME");

const makesTool = 'echo "#!/bin/sh" > "$output"; /bin/chmod +x "$output"';

async function failure(tool: ToolName = "kwok"): Promise<string> {
  return ensureTools([tool], recorder()).then(
    () => "it did not fail",
    (error: Error) => error.message,
  );
}

test("takes what is on the PATH when its version fits, and builds nothing", async () => {
  await fakeGo("exit 1");
  const kwok = await program("kwok", "echo kwok version v0.8.0");
  expect(await ensureTools(["kwok"], recorder())).toEqual({ kwok });
});

test("builds what is missing once, says why, and finds it the next time", async () => {
  await fakeGo(makesTool);
  const reporter = recorder();
  const { kwok } = await ensureTools(["kwok"], reporter);
  expect(dirname(dirname(kwok))).toBe(join(home, "tools", "kwok"));
  expect(reporter.lines.map(withoutTimes)).toEqual([
    "A tool is not on the PATH in a fitting version: made once for all clones, in about 2 min on 2 cores",
    "[1/1] kwok 0.8.0: building from Go modules, TIME",
    "[1/1] kwok 0.8.0: built",
    "Tools: 1 of 1 there after TIME",
  ]);
  expect(await ensureTools(["kwok"], recorder())).toEqual({ kwok });
  expect(await readFile(join(home, "built"), "utf8")).toBe("sigs.k8s.io/kwok/cmd/kwok\n");
});

test("builds where the version on the PATH does not fit, and names both", async () => {
  await fakeGo(makesTool);
  const old = await program("helm", "echo v2.17.0");
  const reporter = recorder();
  const { helm } = await ensureTools(["helm"], reporter);
  expect(helm).not.toBe(old);
  expect(reporter.lines).toContain(`${old} is 2.17.0, not 3.x`);
});

test("uses what another Go built when there is no Go any more", async () => {
  const go = await fakeGo(makesTool);
  const built = await ensureTools(["kwok"], recorder());
  await rm(go);
  expect(await ensureTools(["kwok"], recorder())).toEqual(built);
});

test("two at once build once: the second one waits", async () => {
  await fakeGo(`/bin/sleep 0.3; ${makesTool}`);
  const [first, second] = await Promise.all([
    ensureTools(["kwok"], recorder()),
    ensureTools(["kwok"], recorder()),
  ]);
  expect(second).toEqual(first);
  expect(await readFile(join(home, "built"), "utf8")).toBe("sigs.k8s.io/kwok/cmd/kwok\n");
});

test("a build that was interrupted is begun again, and its remains are removed", async () => {
  await fakeGo('echo half > "$output"; exit 1');
  await failure();
  const [folder = ""] = await readdir(join(home, "tools", "kwok"));
  await mkdir(join(home, "tools", "kwok", folder, ".unfinished-killed"));
  await writeFile(join(home, "tools", "kwok", folder, ".unfinished-killed", "kwok"), "half");
  await fakeGo(makesTool);
  await ensureTools(["kwok"], recorder());
  expect(await readdir(join(home, "tools", "kwok", folder))).toEqual(["kwok"]);
});

test("tools are built in the order in which a run needs them, whichever way they are asked for", async () => {
  await fakeGo(makesTool);
  await ensureTools(["helm", "kubectl", "kube-scheduler", "kwok", "etcd"], recorder());
  expect((await readFile(join(home, "built"), "utf8")).split("\n")).toEqual([
    "go.etcd.io/etcd/server/v3",
    "k8s.io/kubernetes/cmd/kube-scheduler",
    "sigs.k8s.io/kwok/cmd/kwok",
    "k8s.io/kubernetes/cmd/kubectl",
    "helm.sh/helm/v3/cmd/helm",
    "",
  ]);
});

test("what is there may be used while the rest is built, and stays usable when the rest fails", async () => {
  await fakeGo(`case "$package" in *kwok) ${makesTool};; *) echo broken >&2; exit 1;; esac`);
  const preparation = prepareTools(["helm", "kwok"], recorder());
  const { kwok } = await preparation.have(["kwok"]);
  expect(kwok).toContain(join(home, "tools", "kwok"));
  await expect(preparation.have(["helm", "kwok"])).rejects.toThrow("Building helm 3.22.0 failed");
  expect(await preparation.have(["kwok"])).toEqual({ kwok });
});

test("where Pulumi's release can be had it is not built, and found the next time", async () => {
  await fakeGo("exit 1");
  const cli = join(home, "tools", "pulumi", `release-3.260.0-${process.platform}-${process.arch}`, "pulumi");
  const fetchPulumi = async () => {
    await mkdir(dirname(cli), { recursive: true });
    await writeFile(cli, "");
    await chmod(cli, 0o755);
    return cli;
  };
  const reporter = recorder();
  expect(await ensureTools(["pulumi"], reporter, { fetchPulumi })).toEqual({ pulumi: cli });
  expect(reporter.lines.map(withoutTimes)).toEqual([
    "A tool is not on the PATH in a fitting version: made once for all clones, in about 3 min on 2 cores",
    "[1/1] pulumi 3.260.0: fetching its release, TIME",
    "[1/1] pulumi 3.260.0: fetched",
    "Tools: 1 of 1 there after TIME",
  ]);
  expect(await ensureTools(["pulumi"], recorder(), noRelease)).toEqual({ pulumi: cli });
});

test("the release comes while others are built", async () => {
  await fakeGo(makesTool);
  const order: string[] = [];
  const preparation = prepareTools(["pulumi", "kwok"], recorder(), {
    fetchPulumi: async () => {
      await preparation.have(["kwok"]);
      order.push("kwok was built");
      return "/fetched/pulumi";
    },
  });
  expect((await preparation.have(["pulumi"])).pulumi).toBe("/fetched/pulumi");
  expect(order).toEqual(["kwok was built"]);
});

test("where the release cannot be had Pulumi is built in its turn, and one line says why", async () => {
  await fakeGo(makesTool);
  const reporter = recorder();
  const { pulumi } = await ensureTools(["helm", "pulumi"], reporter, noRelease);
  expect(dirname(dirname(pulumi))).toBe(join(home, "tools", "pulumi"));
  expect(reporter.lines.filter((line) => line.includes("release"))).toEqual([
    "[1/2] pulumi 3.260.0: fetching its release, 0 s",
    "pulumi 3.260.0: its release is not available (no way to it); it is built in its turn",
  ]);
  expect(await readFile(join(home, "built"), "utf8")).toBe(
    "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi\nhelm.sh/helm/v3/cmd/helm\n",
  );
});

test("a release that is given up because another tool failed is not spoken of", async () => {
  await fakeGo("exit 1");
  const reporter = recorder();
  const fetchPulumi: Ways["fetchPulumi"] = (stop) =>
    new Promise((_, reject) => stop.addEventListener("abort", () => reject(new Error("aborted"))));
  await expect(ensureTools(["kwok", "pulumi"], reporter, { fetchPulumi })).rejects.toThrow("Building kwok");
  expect(reporter.lines.at(-1)).toMatch(/^Tools: 0 of 2 there after /);
  expect(reporter.lines.join()).not.toContain("aborted");
});

test("says what to install when there is neither the tool nor Go", async () => {
  expect(await failure()).toBe(
    "No Go on the PATH, and no kwok (0.8.x) either: install Go 1.26.0 or newer (https://go.dev/dl), or put kwok (0.8.x) on the PATH.",
  );
});

test("says which Go is too old", async () => {
  const go = await fakeGo(makesTool, "go1.21.3");
  expect(await failure()).toBe(
    `Go 1.21.3 (${go}) is too old to build kwok (0.8.x): install Go 1.26.0 or newer (https://go.dev/dl).`,
  );
});

test.each([
  [
    "write /tmp/go-build1/b001/_pkg_.a: no space left on device",
    "The disk is full. Building tools takes about 4 GB",
  ],
  [
    'go: sigs.k8s.io/kwok@v0.8.0: Get "https://proxy.example/sigs.k8s.io": dial tcp: lookup proxy.example: no such host',
    "Go's module proxy could not be reached: check the network, and what `go env GOPROXY` names.",
  ],
  [
    "verifying sigs.k8s.io/kwok@v0.8.0: checksum mismatch",
    "A downloaded module is not the one that go.sum pins.",
  ],
  [
    "k8s.io/api: /usr/local/go/pkg/tool/compile: signal: killed",
    "Most likely the machine ran out of memory: a build needs about 2 GB free.",
  ],
  [
    "missing go.sum entry for module providing package x",
    "go.mod and go.sum of the module do not belong together",
  ],
])("explains %j", async (said, explanation) => {
  await fakeGo(`echo sigs.k8s.io/kwok/pkg/log >&2; echo '${said.replaceAll("'", "")}' >&2; exit 1`);
  const message = await failure();
  expect(message).toContain("Building kwok 0.8.0 failed (exit code 1).");
  expect(message).toContain(explanation);
  expect(message).toContain(`    ${said.replaceAll("'", "")}`);
  expect(message).not.toContain("    sigs.k8s.io/kwok/pkg/log");
});

test("a failure that nobody foresaw shows what go said last, and where all of it is", async () => {
  await fakeGo("echo sigs.k8s.io/kwok/pkg/log >&2; echo 'x.go:1:1: syntax error' >&2; exit 2");
  const log = join(home, "cache", "ai-platform", "logs", "build-kwok.log");
  expect(await failure()).toBe(
    [
      "Building kwok 0.8.0 failed (exit code 2).",
      "The last that go said:",
      "    x.go:1:1: syntax error",
      `All of it: ${log}`,
    ].join("\n"),
  );
  expect(await readFile(log, "utf8")).toContain("sigs.k8s.io/kwok/pkg/log\n");
});
