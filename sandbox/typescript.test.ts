import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "typescript-"));
const file = join(folder, "program.ts");

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program in a process of its own; it tells what it says, and whether esbuild had to be loaded for it. */
function run(says: string): { readonly says: string; readonly withEsbuild: boolean } {
  writeFileSync(file, `const says: string = "${says}"; export = says;`);
  const script = `
    const says = require(${JSON.stringify(file)});
    const withEsbuild = Object.keys(require.cache).some((path) => /esbuild.lib/.test(path));
    console.log(JSON.stringify({ says, withEsbuild }));`;
  const loader = join(__dirname, "typescript.js");
  return JSON.parse(
    execFileSync(process.execPath, ["--require", loader, "-e", script], { encoding: "utf8" }),
  );
}

test("TypeScript runs, and is stripped again only when it has changed", () => {
  expect(run("one")).toEqual({ says: "one", withEsbuild: true });
  expect(run("one")).toEqual({ says: "one", withEsbuild: false });
  expect(run("other")).toEqual({ says: "other", withEsbuild: true });
});
