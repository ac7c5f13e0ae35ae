import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import table from "../../policies/kubernetes/operator-pods.json";
import { selectsLabels } from "../../primitives/labels";

// Suites share the project's modules (`test/support/shared-modules`): what one changed of them, the next would find.

const repository = join(__dirname, "../..");

const exceptions = [
  // The signals of a process, for which its test starts processes.
  "cli/interruption.ts",
  // Changes the SDK of its process once. Its test has a copy of its own.
  "sandbox/engine/unread-diagnostics.ts",
];

test("no module has a variable that changes", () => {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts"], {
    cwd: repository,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const modules = listed
    .split("\n")
    .filter((file) => file !== "" && !file.startsWith("test/") && !file.endsWith(".test.ts"))
    .filter((file) => existsSync(join(repository, file)));
  const changing = modules.filter((file) =>
    /^(export )?(let|var) /m.test(readFileSync(join(repository, file), "utf8")),
  );
  expect(changing).toEqual(exceptions);
});

test("no suite changes data that all read", () => {
  expect([table, ...Object.values<unknown>(table)].every((value) => Object.isFrozen(value))).toBe(true);
});

test("jest tells those of this suite alone what its tests come to, not those of all suites before it", () => {
  const listeners: unknown = Reflect.get(globalThis, Symbol.for("EVENT_HANDLERS"));
  expect(listeners).toHaveProperty("length");
  expect(Object(listeners).length).toBeLessThan(10);
});

test("a stack trace names the lines of shared modules as they are written", () => {
  const said = "is no operator of a label selector";
  const written = readFileSync(join(repository, "primitives/labels.ts"), "utf8").split("\n");
  let stack = "";
  try {
    selectsLabels({ matchExpressions: [{ key: "a", operator: "Like" }] });
  } catch (error) {
    stack = error instanceof Error ? (error.stack ?? "") : "";
  }
  expect(stack).toContain(said);
  expect(stack).toContain(`primitives/labels.ts:${written.findIndex((line) => line.includes(said)) + 1}:`);
});
