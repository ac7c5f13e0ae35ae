import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Failure } from "../cli/failure";
import { compileTools } from "./compile";
import { goModules } from "./modules";

const folder = mkdtempSync(join(tmpdir(), "compile-"));
const before = { ...process.env };

afterAll(() => {
  process.env = before;
  rmSync(folder, { recursive: true, force: true });
});

/** A Go that writes down what it is asked to build, and cannot build packages with this in their name. */
function standInGo(refused: string): string {
  const calls = join(folder, "calls");
  writeFileSync(calls, "");
  const go = join(folder, "go");
  writeFileSync(
    go,
    `#!/bin/sh
case "$1" in
  env) echo go1.99.0;;
  build) for last; do :; done; echo "$GOOS/$GOARCH $CGO_ENABLED $last" >> ${calls}
    case "$last" in *${refused}*) echo "syscall.Mount: undefined" >&2; exit 1;; esac;;
esac
`,
  );
  chmodSync(go, 0o755);
  process.env.PATH = `${folder}${delimiter}${before.PATH}`;
  process.env.XDG_CACHE_HOME = folder;
  return calls;
}

test("every tool is compiled for the system that is asked for", async () => {
  const calls = standInGo("nothing-has-this-name");
  const lines: string[] = [];
  await compileTools("darwin/arm64", (line) => lines.push(line));
  const packages = goModules.flatMap((module) => Object.values(module.packages));
  expect(readFileSync(calls, "utf8").trim().split("\n")).toEqual(
    packages.map((one) => `darwin/arm64 0 ${one}`),
  );
  expect(lines).toHaveLength(packages.length);
});

test("a tool that does not compile there is named, with what the compiler says", async () => {
  standInGo("kubectl");
  const failure = await compileTools("darwin/arm64", () => undefined).catch((error: unknown) => error);
  expect(String(failure)).toContain("kubectl for darwin/arm64");
  expect(String(failure)).toContain("syscall.Mount: undefined");
});

test("what is no system is refused", async () => {
  await expect(compileTools("mac", () => undefined)).rejects.toThrow(Failure);
});
