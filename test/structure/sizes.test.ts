import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const repository = join(__dirname, "../..");

/** Lines of code that a reader can keep in mind: a file that has more has more than one reason to change. */
const most = 300;

/** Tables of facts, where a row says all about one thing. */
const data = /^facts\//;

/** Code that git tracks, and code that is not committed yet. */
function codeFiles(): readonly string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: repository,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed
    .split("\n")
    .filter((file) => /\.(ts|c?js)$/.test(file) && !data.test(file))
    .filter((file) => existsSync(join(repository, file)));
}

function linesOf(file: string): number {
  return readFileSync(join(repository, file), "utf8").split("\n").length - 1;
}

test(`no file but tables of facts has more than ${most} lines`, () => {
  const files = codeFiles();
  expect(files).toContain("test/structure/sizes.test.ts");
  const large = files.filter((file) => linesOf(file) > most);
  expect(large.map((file) => `${file}: ${linesOf(file)} lines`)).toEqual([]);
});
