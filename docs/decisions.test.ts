import { existsSync } from "node:fs";
import { join } from "node:path";
import { decisionOf, decisions, subjects } from "./decisions-page";
import { requirementCodes } from "./requirements";

const repository = join(__dirname, "..");
const pages = decisions();

test("the index has a section for the subject of each page, and pages for each subject", () => {
  expect(new Set(pages.map(({ subject }) => subject))).toEqual(new Set(subjects));
});

test("no two pages have one title", () => {
  const titles = pages.map(({ title }) => title);
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});

describe.each(pages)("$file", ({ codes, text }) => {
  test("answers requirements that exist", () => {
    expect(codes).not.toEqual([]);
    expect(codes.filter((code) => !requirementCodes().has(code))).toEqual([]);
  });

  test("names files that exist", () => {
    const [, where = ""] = /^Where: (.*)$/ms.exec(text) ?? [];
    const paths = [...where.matchAll(/`([\w./-]+)`/g)].map(([, path = ""]) => path);
    expect(paths.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
  });
});

test("a page without its first lines is refused", () => {
  expect(() => decisionOf("x.md", "# A title\n\nText.\n")).toThrow(
    'docs/decisions/x.md must begin with "# <title>", an empty line and "<year>-<month> · <subject> · <codes>"',
  );
});
