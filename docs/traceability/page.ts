import { markdownTable } from "../../cli/table";
import { planFile } from "./reviewed-resources";
import { loadSeeds, type Seed, type Statement } from "./statements";

const introduction = `# Where each statement of the seeds is

This page lists every statement of the five seeds, in our own words, with the place in the program that meets it, what tests it, and the
decision where the program departs from it. [Requirements](../requirements.md) sums the statements up, one row for each code.

- **Plan** is a resource of the reviewed plan in \`test/golden\`. Values behind it are compared with the plan by a test.
- **Weaker** says what the program does less than the seed asks.

A test refuses a statement that loses its file, its symbol, its test or its value, and one that has none of them. The statements are in
\`docs/traceability\`, one file for each seed; this page is generated from them by \`npm run docs\`.
`;

/** The table of every statement. */
export function traceabilityPage(): string {
  const seeds = loadSeeds();
  return [introduction, summary(seeds), ...seeds.map(section)].join("\n");
}

function summary(seeds: readonly Seed[]): string {
  const row = (label: string, statements: readonly Statement[]): readonly string[] => {
    const count = (has: (statement: Statement) => boolean) => statements.filter(has).length;
    const counts = [
      statements.length,
      count(({ is, has }) => Object.keys({ ...is, ...has }).length > 0),
      count(({ decision }) => decision !== undefined),
      count(({ weaker }) => weaker !== undefined),
    ];
    return [label, ...counts.map(String)];
  };
  const all = seeds.flatMap(({ statements }) => statements);
  return `${markdownTable([
    ["Seed", "Statements", "Compared with the plan", "By a decision", "Weaker than asked"],
    ...seeds.map(({ number, title, statements }) => row(`${number} ${title}`, statements)),
    row("All", all),
  ])}\n`;
}

function section({ number, title, statements }: Seed): string {
  const abouts = [...new Set(statements.map(({ about }) => about))];
  return [
    `## ${number} ${title}`,
    "",
    ...abouts.flatMap((about) => [
      `### ${number}: ${about}`,
      "",
      markdownTable([
        ["Statement", "Where", "How it is tested"],
        ...statements.filter((statement) => statement.about === about).map(cellsOf),
      ]),
      "",
    ]),
  ].join("\n");
}

function cellsOf(statement: Statement): readonly string[] {
  const { says, code, tests, plan, is, has, decision, weaker } = statement;
  const values = [
    ...Object.entries(is).map(([path, value]) => `\`${path}: ${JSON.stringify(value)}\``),
    ...Object.entries(has).map(([path, value]) => `\`${path}\` has \`${shown(value)}\``),
  ];
  const where = [
    ...code.map(reference),
    ...(plan === undefined ? [] : [planLink(plan)]),
    ...(decision === undefined ? [] : [`[decision](../../${decision})`]),
  ];
  const tested = [...tests.map(test), ...(values.length > 0 ? [`plan: ${values.join(", ")}`] : [])];
  return [
    weaker === undefined ? says : `${says}. **Weaker:** ${weaker}`,
    where.join("; "),
    tested.join("; ") || "-",
  ];
}

/** A list of texts reads better without the marks of JSON; a table's cell ends at a bar. */
function shown(value: unknown): string {
  const parts = Array.isArray(value) ? value : [value];
  return parts
    .map((part) => (typeof part === "string" ? part : JSON.stringify(part)))
    .join("` and `")
    .replaceAll("|", "\\|");
}

function reference(code: string): string {
  const [path = "", symbol] = code.split(" ");
  return symbol === undefined ? `[${path}](../../${path})` : `[${path}](../../${path}) ${symbol}`;
}

function test(text: string): string {
  const [path = "", title = ""] = text.split(/: (.*)/s);
  return `[${path}](../../${path}): ${title}`;
}

function planLink(plan: string): string {
  const file = planFile(plan);
  return file === undefined ? plan : `plan: [${plan}](../../${file})`;
}
