import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cachePaths } from "../../cli/cache";
import { repository } from "./project-copy";

const requirements = join(repository, ".github", "requirements.txt");

/** The version that the requirements pin. */
export function pinnedZizmor(): string {
  const version = /^zizmor==(\S+)/m.exec(readFileSync(requirements, "utf8"))?.[1];
  if (version === undefined) throw new Error(`${requirements} pins no zizmor`);
  return version;
}

/**
 * The security linter of workflows: from the PATH in the pinned version, from the tools' folder, or installed
 * there by pip with the pinned checksums. It is a Rust program in a Python wheel, so the Go toolchain cannot
 * build it. Undefined where it is not available: without Python, or without a wheel for the machine.
 */
export function findZizmor(): string | undefined {
  const folder = join(cachePaths.tools(), `zizmor-${pinnedZizmor()}`);
  const installed = join(folder, "bin", "zizmor");
  for (const program of ["zizmor", installed]) {
    if (versionOf(program) === pinnedZizmor()) return program;
  }
  try {
    execFileSync("python3", ["-m", "venv", folder], { stdio: "pipe" });
    const pip = join(folder, "bin", "pip");
    execFileSync(pip, ["install", "--quiet", "--require-hashes", "--requirement", requirements], {
      stdio: "pipe",
    });
  } catch (error) {
    process.stderr.write(`zizmor cannot be installed here: ${String(error).split("\n")[0]}\n`);
    return undefined;
  }
  return existsSync(installed) ? installed : undefined;
}

function versionOf(program: string): string | undefined {
  try {
    return execFileSync(program, ["--version"], { encoding: "utf8", stdio: "pipe" }).trim().split(" ").at(-1);
  } catch {
    return undefined;
  }
}
