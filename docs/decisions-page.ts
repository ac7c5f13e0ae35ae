import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(__dirname, "decisions");

/** Subjects of decisions, in the order of the index. */
export const subjects = [
  "Stacks and configuration",
  "Clusters and nodes",
  "Network and access",
  "Edge, DNS and certificates",
  "Storage and backups",
  "Data stores",
  "Secrets",
  "Delivery",
  "Observability",
  "Autoscaling",
  "Systems",
] as const;

/** A page of docs/decisions, as its first lines describe it. */
export interface Decision {
  /** The file, in docs/decisions. */
  readonly file: string;
  readonly title: string;
  /** Year and month. */
  readonly date: string;
  readonly subject: string;
  /** Codes of the requirements that it answers, for example C4. */
  readonly codes: readonly string[];
  /** The whole page. */
  readonly text: string;
}

/**
 * Every decision, by file name.
 *
 * @throws Error when a page does not begin with its title and its date, subject and codes
 */
export function decisions(): readonly Decision[] {
  return readdirSync(folder)
    .sort()
    .map((file) => decisionOf(file, readFileSync(join(folder, file), "utf8")));
}

/** Reads the first lines of a page. */
export function decisionOf(file: string, text: string): Decision {
  const [, title, date, subject, codes] = /^# (.+)\n\n(\d{4}-\d{2}) · (.+) · (.+)\n\n/.exec(text) ?? [];
  if (title === undefined || date === undefined || subject === undefined || codes === undefined) {
    throw new Error(
      `docs/decisions/${file} must begin with "# <title>", an empty line and "<year>-<month> · <subject> · <codes>", ` +
        `for example "2026-11 · Data stores · [P13](../requirements.md#p13)"`,
    );
  }
  return {
    file,
    title,
    date,
    subject,
    codes: [...codes.matchAll(/\[(\w+)\]/g)].map(([, code = ""]) => code),
    text,
  };
}

const introduction = `# Decisions

Where the program departs from what it was asked for, or had to choose: one dated page each. The codes are rows of the
[requirements](requirements.md). This index is generated from the pages by \`npm run docs\`.
`;

/** The index of all decisions, by subject. */
export function decisionsPage(): string {
  const all = decisions();
  return [introduction, ...subjects.map((subject) => section(subject, all))]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

function section(subject: string, all: readonly Decision[]): string {
  const rows = all
    .filter((decision) => decision.subject === subject)
    .map(
      ({ file, title, codes, date }) =>
        `- [${title}](decisions/${file}) (${codes.map(link).join(", ")}; ${date})`,
    );
  return [`## ${subject}`, "", ...rows, ""].join("\n");
}

function link(code: string): string {
  return `[${code}](requirements.md#${code.toLowerCase()})`;
}
