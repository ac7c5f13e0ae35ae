import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "../../cli/failure";
import { missingSecrets, withPlaceholders } from "./placeholders";
import { checkConfiguration } from "./program";
import { openProject, readStackFile } from "./project";

const repository = join(__dirname, "..", "..");

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

test("a program that can say what is wrong with a configuration is asked; others are not", () => {
  const main = join(folder, "checks.js");
  writeFileSync(
    main,
    "module.exports = Object.assign(() => ({}), { check: (stack, config) => config[stack] });",
  );
  expect(() => checkConfiguration(main, "dev", { dev: "1 fault" })).toThrow(new Failure("1 fault"));
  expect(() => checkConfiguration(main, "dev", {})).not.toThrow();
  writeFileSync(join(folder, "plain.js"), "module.exports = () => ({});");
  expect(() => checkConfiguration(join(folder, "plain.js"), "dev", { dev: "1 fault" })).not.toThrow();
});

test.each(openProject(repository).stacks)(
  "the file of %s passes the project's own check, and fails it with a typing error",
  (stack) => {
    const project = openProject(repository);
    const { config } = readStackFile(project, stack);
    const whole = withPlaceholders(project.name, config, missingSecrets(project, config));
    expect(() => checkConfiguration(project.main, stack, whole)).not.toThrow();
    const faulty = { ...whole, "ai-platform:environment": "developement" };
    expect(() => checkConfiguration(project.main, stack, faulty)).toThrow(
      /^1 fault in Pulumi\.\w+\.yaml\. Nothing was changed\.\n\n {2}ai-platform:environment/,
    );
  },
);
