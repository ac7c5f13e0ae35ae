import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ResourceShape, Schema, Shape, Shapes } from "./schema";

/**
 * How many levels of objects within objects are recorded: WAF's rules hold hundreds of kinds of statements further down,
 * and the compiler checks those already.
 */
const recordedDepth = 3;

/**
 * Reads the shapes of resources from a Pulumi SDK's type declarations. Development only: the answer is kept as
 * schema.json beside each stand-in, so that no run pays for reading the SDK.
 */
export function schemaOfSdk(packageName: string, tokens: readonly string[]): Schema {
  const sdk = dirname(require.resolve(`${packageName}/package.json`));
  const types = join(sdk, "types", "input.d.ts");
  const declarations = new ObjectDeclarations(existsSync(types) ? readFileSync(types, "utf8") : "");
  const resources = Object.fromEntries([...tokens].sort().map((token) => [token, resourceShape(sdk, token)]));
  const provider = members(interfaceBody(readFileSync(join(sdk, "provider.d.ts"), "utf8"), "ProviderArgs"));
  const objects: Record<string, Shapes> = {};
  let names = [provider, ...Object.values(resources).map(({ inputs }) => inputs)].flatMap(objectNames);
  for (let depth = 0; depth < recordedDepth; depth++) {
    const found = names.filter((name) => objects[name] === undefined);
    for (const name of found) objects[name] = declarations.shapesOf(name);
    names = found.flatMap((name) => objectNames(objects[name] ?? {}));
  }
  return { provider, resources, objects: sorted(objects) };
}

function resourceShape(sdk: string, token: string): ResourceShape {
  const [, module = "", name = ""] = token.split(":");
  const file = join(sdk, module.replace(/^index\//, ""));
  const declarations = readFileSync(`${file}.d.ts`, "utf8");
  const code = readFileSync(`${file}.js`, "utf8");
  if (!code.includes(`'${token}'`)) throw new Error(`${file}.js does not declare the type ${token}`);
  const secrets = /additionalSecretOutputs: (\[[^\]]*\])/.exec(code)?.[1];
  return {
    inputs: members(interfaceBody(declarations, `${name}Args`)),
    outputs: members(body(declarations, `class ${name} extends`)),
    ...(secrets === undefined ? {} : { secrets: JSON.parse(secrets) }),
  };
}

/** Object types of `types/input.d.ts`, found by `namespace.Name` (or `Name` where there is no namespace). */
class ObjectDeclarations {
  private readonly namespaces = new Map<string, string>();

  constructor(text: string) {
    const parts = text.split(/^export declare namespace (\w+) \{$/m);
    this.namespaces.set("", parts[0] ?? "");
    for (let index = 1; index < parts.length; index += 2) {
      this.namespaces.set(parts[index] ?? "", parts[index + 1] ?? "");
    }
  }

  shapesOf(name: string): Shapes {
    const dot = name.lastIndexOf(".");
    const namespace = this.namespaces.get(dot < 0 ? "" : name.slice(0, dot)) ?? "";
    return members(interfaceBody(namespace, name.slice(dot + 1)));
  }
}

function interfaceBody(text: string, name: string): string {
  return body(text, `interface ${name} {`);
}

/** What stands between the braces that open at or after the heading. */
function body(text: string, heading: string): string {
  const start = text.indexOf(heading);
  if (start < 0) throw new Error(`the SDK's declarations hold no "${heading}"`);
  const open = text.indexOf("{", start);
  let depth = 0;
  for (let index = open; index < text.length; index++) {
    if (text[index] === "{") depth++;
    if (text[index] === "}" && --depth === 0) return text.slice(open + 1, index);
  }
  throw new Error(`the braces after "${heading}" do not close`);
}

function members(declarations: string): Shapes {
  const code = declarations.replace(/\/\*\*[\s\S]*?\*\//g, "").replace(/\s+/g, " ");
  const shapes: Record<string, Shape> = {};
  const member =
    /(?:^|[;}] )\s*(?:readonly )?(\w+)(\??): (?=pulumi\.|string|number|boolean|any|\{|inputs\.)/g;
  for (let match = member.exec(code); match !== null; match = member.exec(code)) {
    const start = match.index + match[0].length;
    const end = endOfType(code, start);
    const type = code.slice(start, end);
    const optional = match[2] === "?" || /\| undefined>?$/.test(type);
    shapes[match[1] ?? ""] = `${shapeOf(type)}${optional ? "?" : ""}`;
    member.lastIndex = end;
  }
  return sorted(shapes);
}

function sorted<T>(entries: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function endOfType(code: string, start: number): number {
  let depth = 0;
  for (let index = start; index < code.length; index++) {
    const character = code.charAt(index);
    if ("<{(".includes(character)) depth++;
    if (">})".includes(character)) depth--;
    if (character === ";" && depth === 0) return index;
  }
  return code.length;
}

function shapeOf(declared: string): Shape {
  const type = declared.trim();
  const choices = topLevelChoices(type).filter((choice) => choice !== "undefined");
  if (choices.length > 1) return [...new Set(choices.map(shapeOf))].join("|");
  const single = choices[0] ?? "any";
  if (single.endsWith("[]")) return `${shapeOf(single.slice(0, -2))}[]`;
  const wrapped = /^pulumi\.(?:Input|Output)<(.*)>$/.exec(single)?.[1];
  if (wrapped !== undefined) return shapeOf(wrapped);
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(single)?.[1];
  if (map !== undefined) return `{${shapeOf(map)}}`;
  const object = /^(?:inputs|outputs)\.([\w.]+)$/.exec(single)?.[1];
  if (object !== undefined) return object;
  if (/^(string|number|boolean|any)$/.test(single)) return single;
  // Enumerations, ARNs and resources handed over by reference all arrive as strings.
  return "string";
}

function topLevelChoices(type: string): readonly string[] {
  const choices: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < type.length; index++) {
    const character = type.charAt(index);
    if ("<{(".includes(character)) depth++;
    if (">})".includes(character)) depth--;
    if (character === "|" && depth === 0) {
      choices.push(type.slice(start, index).trim());
      start = index + 1;
    }
  }
  return [...choices, type.slice(start).trim()];
}

function objectNames(shapes: Shapes): readonly string[] {
  return Object.values(shapes)
    .flatMap((shape) => shape.replace(/[{}[\]?]/g, "").split("|"))
    .filter((name) => !["string", "number", "boolean", "any"].includes(name));
}
