import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { codesIn, requirementCodes, withCodeLinks } from "./requirements";

const repository = join(__dirname, "..");
const folders = readdirSync(repository).filter(
  (name) =>
    !name.startsWith(".") &&
    !["node_modules", "build"].includes(name) &&
    statSync(join(repository, name)).isDirectory(),
);

/** Every text of ours with comments, by its path. */
const sources = folders
  .flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" }).map((file) =>
      join(folder, file),
    ),
  )
  .filter((file) => /\.(ts|ya?ml|md)$/.test(file) && !/node_modules|test\/(golden|upgrade)/.test(file));

test("each row of the requirements has an anchor of its own code", () => {
  const page = readFileSync(join(__dirname, "requirements.md"), "utf8");
  const rows = [...page.matchAll(/^- <a id="(\w+)"><\/a>\*\*(\w+)\*\* /gm)];
  expect(rows.length).toBeGreaterThan(80);
  expect(rows.filter(([, id = "", code = ""]) => id !== code.toLowerCase())).toEqual([]);
  expect(new Set(rows.map(([, id]) => id)).size).toBe(rows.length);
});

test("the page explains every code that a comment, a test or a page names in brackets", () => {
  const known = requirementCodes();
  const used = sources.flatMap((file) =>
    codesIn(readFileSync(join(repository, file), "utf8")).map((code) => ({ file, code })),
  );
  expect(used.length).toBeGreaterThan(500);
  expect(used.filter(({ code }) => !known.has(code))).toEqual([]);
});

test("codes are read in brackets only", () => {
  expect(codesIn("Spot nodes (C4, 001), not an A10 (g5). (R1)")).toEqual(["C4", "001", "R1"]);
});

test("a code in brackets becomes a link to its row", () => {
  expect(withCodeLinks("Spot nodes. (C4, 001)", "../requirements.md")).toBe(
    "Spot nodes. ([C4](../requirements.md#c4), [001](../requirements.md#001))",
  );
});
