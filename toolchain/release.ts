import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { cachePaths } from "../cli/cache";
import { isExecutable } from "../cli/executable";
import { parseVersion } from "./installed";
import { versions } from "./versions";

/** Where Pulumi's releases are: the npm package `pulumi` and the SDK's Automation API fetch theirs from here, too. */
const releases = "https://get.pulumi.com/releases/sdk";

/** How long the host may take to answer: without a way to it, the build must not wait. */
const answerMilliseconds = 5_000;
/** How long the whole release may take, about 150 MB. */
const fetchMilliseconds = 180_000;

/** Set to `never`, no release is fetched, and every tool is built from modules whose checksums the repository pins. */
export const releasesVariable = "AI_PLATFORM_RELEASES";

/** Pulumi's CLI as it was fetched before; undefined when it was not. */
export function findRelease(): string | undefined {
  const path = join(folder(), "pulumi");
  return isExecutable(path) ? path : undefined;
}

function folder(): string {
  return join(cachePaths.tools(), "pulumi", `release-${versions.pulumi}-${process.platform}-${process.arch}`);
}

/**
 * Downloads only the CLI of Pulumi's release in the pinned version: with the files beside it, the engine
 * would start other language hosts than those of a built one. The next download removes what an interrupted
 * one left.
 *
 * @param stop ends it when its result is not needed any more
 * @param from the address of the releases' folder
 * @throws Error that says in a few words why it is not available
 */
export async function fetchRelease(stop: AbortSignal, from: string = releases): Promise<string> {
  if (process.env[releasesVariable] === "never") throw new Error(`${releasesVariable} is "never"`);
  const architecture = process.arch === "x64" ? "x64" : "arm64";
  const archive = await download(
    `${from}/pulumi-v${versions.pulumi}-${process.platform}-${architecture}.tar.gz`,
    stop,
  );
  await rm(folder(), { recursive: true, force: true });
  await mkdir(folder(), { recursive: true });
  const unfinished = await mkdtemp(join(folder(), ".unfinished-"));
  const file = join(unfinished, "release.tar.gz");
  await writeFile(file, archive);
  await run("tar", ["-xzf", file, "-C", unfinished, "pulumi/pulumi"]);
  const cli = join(unfinished, "pulumi", "pulumi");
  const { stdout } = await run(cli, ["version"], { timeout: 20_000 });
  const version = parseVersion(stdout);
  if (version !== versions.pulumi) throw new Error(`the release says that it is ${version}`);
  const path = join(folder(), "pulumi");
  await rename(cli, path);
  await rm(unfinished, { recursive: true });
  return path;
}

const run = promisify(execFile);

async function download(address: string, stop: AbortSignal): Promise<Uint8Array> {
  const host = new URL(address).host;
  const aborted = new AbortController();
  const overdue = setTimeout(
    () => aborted.abort(new Error(`no answer within ${answerMilliseconds / 1000} s`)),
    answerMilliseconds,
  );
  try {
    const signal = AbortSignal.any([stop, aborted.signal, AbortSignal.timeout(fetchMilliseconds)]);
    const response = await fetch(address, { signal });
    clearTimeout(overdue);
    if (!response.ok) throw new Error(`answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new Error(`${host}: ${innermost(error)}`);
  } finally {
    clearTimeout(overdue);
  }
}

/** `fetch failed` says nothing; its cause does. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : innermost(error.cause);
}
