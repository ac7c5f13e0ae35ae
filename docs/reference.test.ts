import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { SchemaNode } from "../infra/config/schema-node";
import { generatedFiles } from "./files";
import { configurationSchema, stackFileSchema } from "./stack-file-schema";

test.each([...generatedFiles()].map(([path, text]) => ({ file: basename(path), path, text })))(
  "$file is what `npm run docs` writes today",
  ({ path, text }) => {
    expect(readFileSync(path, "utf8")).toBe(text);
  },
);

test("the editor's schema knows our keys with their prefix, and only those", () => {
  const { config } = stackFileSchema().properties ?? {};
  expect(config).toMatchObject({
    additionalProperties: false,
    required: ["ai-platform:environment", "ai-platform:clusters", "ai-platform:systems"],
    properties: { "ai-platform:environment": { enum: ["development", "staging", "production"] } },
    patternProperties: { "^(?!ai-platform:)": {} },
  });
});

test("secrets are encrypted in the file", () => {
  const secrets = configurationSchema().properties?.secrets;
  expect(secrets).toMatchObject({
    additionalProperties: { additionalProperties: { type: "object", required: ["secure"] } },
  });
});

test("every key says what it means, and where it comes from or how it may look", () => {
  expect(silentKeys("", configurationSchema())).toEqual([]);
});

test.each(["dev", "staging", "prod"])("Pulumi.%s.yaml points editors at the schema", (stack) => {
  const [firstLine] = readFileSync(join(__dirname, `../Pulumi.${stack}.yaml`), "utf8").split("\n");
  expect(firstLine).toBe("# yaml-language-server: $schema=docs/reference/stack-config.schema.json");
});

/** Keys without a description, wherever they are. */
function silentKeys(path: string, node: SchemaNode): readonly string[] {
  const below = [
    ...Object.entries(node.properties ?? {}).map(([key, child]) => [`${path}.${key}`, child] as const),
    ...(node.anyOf ?? []).map((child) => [path, child] as const),
  ];
  return below.flatMap(([key, child]) =>
    typeof child === "boolean"
      ? []
      : [
          ...(key !== path && child.description === undefined ? [key] : []),
          ...silentKeys(key, child),
          ...(typeof child.additionalProperties === "object"
            ? silentKeys(`${key}.<name>`, child.additionalProperties)
            : []),
        ],
  );
}
