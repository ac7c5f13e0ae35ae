import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { declaredNamespaces } from "../infra/cluster/namespaces";
import { systems } from "./registry";

const repository = join(__dirname, "..");

/** What looks like a system's name and is none. */
const exceptions: readonly { readonly text: RegExp; readonly reason: string }[] = [
  {
    text: /atlas-financial/g,
    reason: "the organisation: its domain, its registry and its repository are in defaults and examples",
  },
];

/** Every file of a folder that is no test's. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.ts$|^recorded-/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Lines of a text that name a system, as `line: text`. */
function namesIn(text: string): readonly string[] {
  const names = new RegExp(systems.flatMap(({ name, title }) => [name, title]).join("|"), "i");
  return text.split("\n").flatMap((line, index) => {
    const looked = exceptions.reduce((rest, exception) => rest.replaceAll(exception.text, ""), line);
    return names.test(looked) ? [`${index + 1}: ${line.trim()}`] : [];
  });
}

test("infra names no system: what it has to know of one is in the system's definition", () => {
  const named = filesBelow(join(repository, "infra")).flatMap((file) =>
    namesIn(readFileSync(file, "utf8")).map((line) => `${relative(repository, file)}:${line}`),
  );
  expect(named).toEqual([]);
});

test("a name would be found, and the organisation is no system", () => {
  expect(namesIn("// Where AIaaS runs.\nconst host = 'ai.atlas-financial.com';\nruns('atlas')")).toEqual([
    "1: // Where AIaaS runs.",
    "3: runs('atlas')",
  ]);
});

test("every folder of a system is in the registry, and has what its definition says", () => {
  const folders = readdirSync(__dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "workload")
    .map(({ name }) => name);
  expect(systems.map(({ name }) => name).toSorted()).toEqual(folders.toSorted());
});

test("no two systems have a namespace, a workload or an index of logs in common", () => {
  const all = [
    declaredNamespaces(systems).map(({ name }) => name),
    systems.flatMap(({ workloads }) => Object.keys(workloads)),
    systems.flatMap(({ logs }) => logs?.elasticsearch?.index ?? []),
    systems.flatMap(({ houses = [] }) => houses),
  ];
  for (const names of all) expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([]);
});
