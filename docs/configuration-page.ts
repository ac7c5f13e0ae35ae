import { markdownTable } from "../cli/table";
import { alternatives, describeAllowed, type SchemaNode } from "../infra/config/schema-node";
import { withCodeLinks } from "./requirements";
import { configurationSchema } from "./stack-file-schema";

const introduction = `# Stack configuration

Every key of \`Pulumi.<stack>.yaml\` that the program knows. An unknown key is a fault, and so is a value of the wrong type;
\`pulumi preview\` lists all faults at once, before anything is changed. A key without a default and without "optional" is
required in its section. Long lists of choices are cut short here; \`stack-config.schema.json\` has them whole. Codes in
brackets are rows of the [requirements](../requirements.md) that a key comes from.

Editors with the YAML language server check and complete these keys by \`stack-config.schema.json\`, which every stack file
names in its first line. Credentials are no configuration: AWS takes them from the environment, Linode's token is the
secret \`linode:token\` or the environment's \`LINODE_TOKEN\`.

This page is generated from the schema by \`npm run docs\`.
`;

/** The reference page of all keys. */
export function configurationPage(): string {
  const root = configurationSchema();
  const sections = Object.entries(root.properties ?? {}).flatMap(([key, schema]) => {
    const node = nodeOf(schema);
    return [section(key, node, root.required?.includes(key) ?? false), ...waysBelow(key, node)];
  });
  return [introduction, ...sections].join("\n");
}

/** Named entries that are written in several ways, told apart by a constant: a section of the page for each way. */
function waysBelow(key: string, node: SchemaNode): readonly string[] {
  return waysOf(node).map(({ way, told }) => section(`${key}.<name>, ${told}`, way, false));
}

interface Way {
  readonly way: SchemaNode;
  /** What is written in this way alone: `cloud: aws`. */
  readonly told: string;
}

function waysOf(node: SchemaNode): readonly Way[] {
  if (typeof node.additionalProperties !== "object") return [];
  const ways = alternatives(node.additionalProperties);
  return ways.length < 2
    ? []
    : ways.map((way) => {
        const [name = "", constant] =
          Object.entries(way.properties ?? {}).find(([, child]) => nodeOf(child).const !== undefined) ?? [];
        return { way, told: `${name}: ${String(nodeOf(constant ?? false).const)}` };
      });
}

interface Row {
  readonly key: string;
  readonly node: SchemaNode;
  readonly required: boolean;
}

function section(key: string, node: SchemaNode, required: boolean): string {
  const rows = waysOf(node).length > 0 ? [] : rowsBelow("", node);
  const lines = [
    `## ai-platform:${key}`,
    "",
    ...(rows.length === 0 ? [] : [linked(node.description ?? ""), ""]),
  ];
  const table = rows.length === 0 ? [{ key, node, required }] : rows;
  return [
    ...lines,
    markdownTable([["Key", "Allowed", "Default", "Meaning", "Example"], ...table.map(cellsOf)]),
    "",
  ].join("\n");
}

function cellsOf({ key, node, required }: Row): readonly string[] {
  return [
    `\`${key}\``,
    allowed(node),
    node.default === undefined ? (required ? "required" : "optional") : code(node.default),
    linked(node.description ?? ""),
    node.examples === undefined ? "" : node.examples.map(code).join(", "),
  ];
}

function linked(description: string): string {
  return withCodeLinks(description, "../requirements.md");
}

/** Keys below a section, depth first. `<name>` stands for a name of the reader's choice, `[]` for an item of a list. */
function rowsBelow(prefix: string, node: SchemaNode): readonly Row[] {
  return alternatives(node).flatMap((way) => {
    const own = Object.entries(way.properties ?? {}).flatMap(([name, child]) => {
      const key = prefix === "" ? name : `${prefix}.${name}`;
      const row = { key, node: nodeOf(child), required: way.required?.includes(name) ?? false };
      return [row, ...rowsBelow(key, row.node)];
    });
    const named = typeof way.additionalProperties === "object" ? way.additionalProperties : undefined;
    const item = typeof way.items === "object" && !Array.isArray(way.items) ? way.items : undefined;
    return [
      ...own,
      ...(named ? rowsBelow(prefix === "" ? "<name>" : `${prefix}.<name>`, named) : []),
      ...(item ? rowsBelow(`${prefix}[]`, item) : []),
    ];
  });
}

/** Sections are spelled out in rows of their own. */
function allowed(node: SchemaNode): string {
  if (alternatives(node).length > 1 && alternatives(node).every(({ type }) => type === "object")) {
    return "one of the sections below";
  }
  if (node.type === "object") return node.properties ? "a section" : "named entries";
  return describeAllowed(node);
}

function code(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

function nodeOf(schema: SchemaNode | boolean): SchemaNode {
  return typeof schema === "object" ? schema : {};
}
