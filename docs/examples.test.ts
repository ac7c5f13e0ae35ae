import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { stackSchema } from "../apps/registry";
import { alternatives, nodeAt, type SchemaNode } from "../infra/config/schema-node";

const repository = join(__dirname, "..");
const schema = z.toJSONSchema(stackSchema, { io: "input" });

interface Documented {
  readonly path: string;
  readonly node: SchemaNode;
}

/** Every value that the schema describes, by its path. */
function valuesOf(path: string, node: SchemaNode): readonly Documented[] {
  const below = [
    ...Object.entries(node.properties ?? {}),
    ["<name>", node.additionalProperties] as const,
    ["<name>", node.propertyNames] as const,
    ["[]", Array.isArray(node.items) ? undefined : node.items] as const,
  ];
  return [
    { path, node },
    ...alternatives(node)
      .filter((way) => way !== node)
      .flatMap((way) => valuesOf(path, way)),
    ...below.flatMap(([key, child]) => (typeof child === "object" ? valuesOf(`${path}.${key}`, child) : [])),
  ];
}

const examples = valuesOf("ai-platform", schema).flatMap(({ path, node }) =>
  (node.examples ?? []).map((example) => ({ path, node, example })),
);

test("the schema has examples", () => {
  expect(examples.length).toBeGreaterThan(60);
});

test.each(examples)("the example of $path is what its schema allows", ({ node, example }) => {
  expect(z.fromJSONSchema(node).safeParse(example).error).toBeUndefined();
});

/** Keys of the configuration that pages tell their readers to set. */
const told = execFileSync("git", ["ls-files", "*.md"], { cwd: repository, encoding: "utf8" })
  .trim()
  .split("\n")
  .flatMap((page) => {
    const text = readFileSync(join(repository, page), "utf8");
    return [...text.matchAll(/config set [^'\n]*'ai-platform:([^']+)'/g)].map(([, key = ""]) => ({
      page,
      key,
    }));
  });

test("pages tell of keys", () => {
  expect(told.length).toBeGreaterThan(5);
});

test.each(told)("$page: $key is a key of the configuration", ({ key }) => {
  const path = key.replaceAll(/\["([^"]+)"\]/g, ".$1").split(".");
  expect(nodeAt(schema, path)).toBeDefined();
});
