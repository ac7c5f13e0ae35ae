import { readFileSync } from "node:fs";
import { join } from "node:path";

const page = join(__dirname, "requirements.md");

/** The codes that the page of requirements explains: a row each, for example C4 or 001. */
export function requirementCodes(): ReadonlySet<string> {
  const rows = readFileSync(page, "utf8").matchAll(/^- <a id="(\w+)"><\/a>\*\*(\w+)\*\* /gm);
  return new Set([...rows].map(([, , code = ""]) => code));
}

const code = /[A-Z]\d{1,2}|0\d{2}/.source;
const bracket = new RegExp(`\\((?:${code})(?:, (?:${code}))*\\)`, "g");

/** The codes in the brackets of a text: `C4` and `001` in "spot nodes (C4, 001)". */
export function codesIn(text: string): readonly string[] {
  return [...text.matchAll(bracket)].flatMap(([codes]) => codes.slice(1, -1).split(", "));
}

/** The text with each code in brackets as a link to its row. `page` is the path to the page of requirements. */
export function withCodeLinks(text: string, page: string): string {
  return text.replace(bracket, (codes) =>
    codes.replace(/\w+/g, (one) => `[${one}](${page}#${one.toLowerCase()})`),
  );
}
