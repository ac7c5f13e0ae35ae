import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "typescript-"));
const file = join(folder, "program.ts");
const part = join(folder, "parts", "part.ts");
mkdirSync(join(folder, "parts"));
writeFileSync(
  file,
  `import { place, says } from "./parts/part";
   export const answer = { says, places: [__dirname, place] };
   export const fail = (): never => {
     throw new Error("failed");
   };`,
);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function say(said: string): void {
  writeFileSync(part, `export const says: string = "${said}";\nexport const place = __dirname;\n`);
}

/** Loads the program in a process of its own, and tells what that says and whether a bundle had to be made for it. */
function run(): { readonly answer: unknown; readonly bundled: boolean; readonly stack: string } {
  const script = `
    const processes = require("node:child_process");
    const { execFileSync } = processes;
    let bundled = false;
    processes.execFileSync = (...words) => {
      bundled = true;
      return execFileSync(...words);
    };
    require(${JSON.stringify(join(__dirname, "typescript.js"))});
    const { answer, fail } = require(${JSON.stringify(file)});
    let stack = "";
    try {
      fail();
    } catch (error) {
      stack = error.stack;
    }
    console.log(JSON.stringify({ answer, bundled, stack }));`;
  return JSON.parse(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }));
}

test("TypeScript runs, and is bundled again only when one of its files has changed", () => {
  const places = [folder, join(folder, "parts")];
  say("one");
  expect(run()).toMatchObject({ answer: { says: "one", places }, bundled: true });
  expect(run()).toMatchObject({ answer: { says: "one", places }, bundled: false });
  say("two");
  expect(run()).toMatchObject({ answer: { says: "two", places }, bundled: true });
});

test("a fault is told with its line in the source", () => {
  say("three");
  expect(run().stack).toContain(`${file}:4:`);
});
