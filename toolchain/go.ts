import { execFile, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { Failure } from "../cli/failure";
import { compareVersions, findOnPath } from "./installed";

/** A Go installation. */
export interface Go {
  readonly path: string;
  /** `1.26.8` */
  readonly version: string;
}

/** Why tools could not be built, in words for the person who can change it. */
export class BuildError extends Failure {}

/**
 * Go from the PATH.
 * @throws BuildError when there is none, or none new enough
 */
export async function findGo(least: string, neededFor: string): Promise<Go> {
  const path = findOnPath("go");
  if (path === undefined) {
    throw new BuildError(
      `No Go on the PATH, and no ${neededFor} either: install Go ${least} or newer (https://go.dev/dl), or put ${neededFor} on the PATH.`,
    );
  }
  const answer = await goVersion(path);
  const version = /go(\d+\.\d+(?:\.\d+)?)/.exec(answer)?.[1];
  if (version === undefined) {
    throw new BuildError(
      `${path} does not tell its version; \`go env GOVERSION\` answered: ${answer.trim()}`,
    );
  }
  if (compareVersions(version, least) < 0) {
    throw new BuildError(
      `Go ${version} (${path}) is too old to build ${neededFor}: install Go ${least} or newer (https://go.dev/dl).`,
    );
  }
  return { path, version };
}

async function goVersion(path: string): Promise<string> {
  return (await goEnvironment(path, {})).output;
}

/** A compiler refuses an experiment that it does not have yet, or that has become its standard. */
async function hasExperiment({ path }: Go, experiment: string): Promise<boolean> {
  return (await goEnvironment(path, { GOEXPERIMENT: experiment })).succeeded;
}

/** What Go, and no other that it would fetch, says of its version under these variables. */
function goEnvironment(
  path: string,
  variables: NodeJS.ProcessEnv,
): Promise<{ readonly succeeded: boolean; readonly output: string }> {
  return new Promise((resolve) => {
    execFile(
      path,
      ["env", "GOVERSION"],
      { env: { ...process.env, GOTOOLCHAIN: "local", ...variables } },
      (error, stdout, stderr) => resolve({ succeeded: error === null, output: `${stdout}${stderr}` }),
    );
  });
}

export interface GoBuild {
  readonly go: Go;
  readonly folder: string;
  readonly package: string;
  readonly linkerFlags: string;
  readonly experiment?: string | undefined;
  readonly output: string;
  /** Gets everything that the compiler prints. */
  readonly log: string;
  /** What is built, for messages: `kwok 0.8.0`. */
  readonly title: string;
  readonly onProgress: (progress: BuildProgress) => void;
}

export interface BuildProgress {
  readonly seconds: number;
  readonly downloaded: number;
  readonly compiled: number;
  /** Packages that were to compile at the start; undefined where Go did not tell. */
  readonly packages: number | undefined;
}

const heartbeatMilliseconds = 1_000;

/**
 * Builds one package of a module whose go.mod and go.sum are taken as they are: a module with another checksum is refused.
 * @throws BuildError
 */
export async function goBuild(build: GoBuild): Promise<void> {
  await mkdir(dirname(build.log), { recursive: true });
  const started = performance.now();
  const lines: string[] = [];
  let downloaded = 0;
  let compiled = 0;
  let packages: number | undefined;
  const report = () =>
    build.onProgress({
      seconds: Math.round((performance.now() - started) / 1000),
      downloaded,
      compiled,
      packages,
    });
  const heartbeat = setInterval(report, heartbeatMilliseconds);
  const log = createWriteStream(build.log, { flags: "a" });
  log.on("error", (error) => lines.push(`${build.log}: ${error.message}`));

  const { go, experiment } = build;
  const asks = experiment !== undefined && (await hasExperiment(go, experiment));
  const variables = { ...buildVariables, ...(asks && { GOEXPERIMENT: experiment }) };
  packages = await packagesToCompile(build, variables);

  const child = spawn(
    go.path,
    ["build", "-v", "-trimpath", "-ldflags", build.linkerFlags, "-o", build.output, build.package],
    {
      cwd: build.folder,
      env: { ...process.env, ...variables },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const read = (stream: NodeJS.ReadableStream) =>
    createInterface({ input: stream }).on("line", (line) => {
      log.write(`${line}\n`);
      if (line.startsWith("go: downloading ")) {
        downloaded += 1;
      } else if (isPackageName(line)) {
        compiled += 1;
      } else {
        lines.push(line);
        lines.splice(0, lines.length - 200);
      }
    });
  read(child.stdout);
  read(child.stderr);

  const outcome = await new Promise<string | undefined>((resolve) => {
    child.once("error", (error) => resolve(`it could not be run: ${error.message}`));
    child.once("close", (code, signal) =>
      resolve(code === 0 ? undefined : signal === null ? `exit code ${code}` : `ended by ${signal}`),
    );
  });
  clearInterval(heartbeat);
  await new Promise<void>((resolve) => log.end(resolve));
  if (outcome !== undefined) {
    throw new BuildError(explainFailure({ ...build, outcome, lines }));
  }
}

/** Go as it is, without what the person at the machine has set for programs of their own. */
const buildVariables = {
  CGO_ENABLED: "0",
  GO111MODULE: "on",
  GOFLAGS: "-mod=readonly -buildvcs=false",
  GOTOOLCHAIN: "local",
  GOWORK: "off",
};

/** What to list of a module. */
export type GoList = Pick<GoBuild, "go" | "folder" | "package">;

/** Downloads what a build needs, so that it waits for no network. Where that fails, the build itself says why. */
export async function downloadModules(list: GoList): Promise<void> {
  await goList(list, buildVariables, "");
}

async function packagesToCompile(list: GoList, variables: NodeJS.ProcessEnv): Promise<number | undefined> {
  const stale = await goList(list, variables, "{{if .Stale}}{{.ImportPath}}{{end}}");
  return stale?.split("\n").filter(Boolean).length;
}

/** A line for each package that a tool is made of; undefined where Go cannot list them. */
function goList(
  { go, folder, package: main }: GoList,
  variables: NodeJS.ProcessEnv,
  format: string,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(
      go.path,
      ["list", "-deps", "-trimpath", "-f", format, main],
      { cwd: folder, env: { ...process.env, ...variables }, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout) => resolve(error === null ? stdout : undefined),
    );
  });
}

/** `go build -v` prints each package once it is compiled, and nothing else in that form. */
function isPackageName(line: string): boolean {
  return /^[\w.~-]+(\/[\w.~+-]+)*$/.test(line);
}

interface FailedBuild {
  readonly title: string;
  readonly output: string;
  readonly log: string;
  readonly outcome: string;
  readonly lines: readonly string[];
}

/** What most likely went wrong, what the compiler said last, and where all of it is. */
export function explainFailure({ title, output, log, outcome, lines }: FailedBuild): string {
  const text = lines.join("\n");
  const cause = knownCauses.find(({ pattern }) => pattern.test(text) || pattern.test(outcome));
  const last = lines.filter((line) => line.trim() !== "").slice(-12);
  return [
    `Building ${title} failed (${outcome}).${cause === undefined ? "" : ` ${cause.explain(dirname(output))}`}`,
    ...(last.length === 0 ? [] : ["The last that go said:", ...last.map((line) => `    ${line}`)]),
    `All of it: ${log}`,
  ].join("\n");
}

export function diskFull(folder: string): string {
  return `The disk is full. Building tools takes about 4 GB (${folder}, and what \`go env GOCACHE GOMODCACHE GOTMPDIR\` name): free some space, or set XDG_CACHE_HOME, GOCACHE, GOMODCACHE and GOTMPDIR to folders on a larger disk.`;
}

const knownCauses: readonly { readonly pattern: RegExp; readonly explain: (folder: string) => string }[] = [
  {
    pattern: /no space left on device|ENOSPC|disk quota exceeded/i,
    explain: diskFull,
  },
  {
    pattern: /checksum mismatch|SECURITY ERROR/i,
    explain: () =>
      "A downloaded module is not the one that go.sum pins. Do not go on before you know why: clean the module cache (`go clean -modcache`), and check the proxy that GOPROXY names.",
  },
  {
    pattern: /missing go\.sum entry|updates to go\.(mod|sum) needed/i,
    explain: () => "go.mod and go.sum of the module do not belong together: run `go mod tidy` there.",
  },
  {
    pattern:
      /dial tcp|proxyconnect|no such host|i\/o timeout|TLS handshake|connection (refused|reset)|\b(403|407|502|503) /i,
    explain: () =>
      "Go's module proxy could not be reached: check the network, and what `go env GOPROXY` names.",
  },
  {
    pattern: /signal: killed|SIGKILL|out of memory|cannot allocate memory/i,
    explain: () => "Most likely the machine ran out of memory: a build needs about 2 GB free.",
  },
];
