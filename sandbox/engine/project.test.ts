import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "../../cli/failure";
import { openProject, readStackFile } from "./project";

const folder = mkdtempSync(join(tmpdir(), "project-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function failureOf(content: string): string {
  writeFileSync(join(folder, "Pulumi.yaml"), "name: p\nmain: index.ts\nruntime: nodejs\n");
  writeFileSync(join(folder, "Pulumi.dev.yaml"), content);
  try {
    readStackFile(openProject(folder), "dev");
  } catch (error) {
    expect(error).toBeInstanceOf(Failure);
    return error instanceof Failure ? error.message : "";
  }
  return "nothing was thrown";
}

test("a stack file that is no YAML is told with line and column", () => {
  expect(failureOf("config:\n  a: [1, 2\n  b: 3\n")).toMatch(
    /^Pulumi\.dev\.yaml is not YAML: .* at line 3, column 3:/,
  );
});

test("a stack file of another form is told with the key, what was found, what is expected, and an example", () => {
  const example = '. Example: config: { "ai-platform:environment": development }';
  expect(failureOf("config: [1, 2]\n")).toBe(
    `Pulumi.dev.yaml is not a Pulumi stack file: config: Invalid input: expected record, received array${example}`,
  );
  expect(failureOf("- a\n")).toContain("the whole file: Invalid input: expected object, received array");
});

test("an empty stack file is one without configuration", () => {
  expect(failureOf("")).toBe("nothing was thrown");
});
