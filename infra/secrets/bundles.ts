import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse, YAMLParseError } from "yaml";
import { completeFaults } from "../config/complete-faults";
import { type Fault, report } from "../config/fault";
import { valueAt } from "../config/schema-node";
import type { System } from "../systems/system";
import { type Bundle, type BundleSchema, bundleFile, bundleSchemaOf } from "./bundle";

/**
 * Every bundle of the systems and of the platform, by file name. A bundle has its file's name, and no two have the same.
 *
 * @param systems every system that has bundles
 * @param platformFolder where the platform's own are
 * @throws pulumi.RunError that lists every fault of every file at once
 */
export function loadBundles(
  systems: readonly System[],
  platformFolder: string = join(__dirname, "bundles"),
): readonly Bundle[] {
  const schema = bundleSchemaOf(systems);
  const folders = [
    { owner: "platform", folder: platformFolder },
    ...systems.flatMap(({ name, secrets }) =>
      secrets === undefined ? [] : [{ owner: name, folder: secrets }],
    ),
  ];
  const read = folders.flatMap(({ owner, folder }) =>
    readdirSync(folder).map((file) => ({
      file,
      shown: bundleFile({ name: basename(file, ".yaml"), system: owner }),
      ...readBundle(file, readFileSync(join(folder, file), "utf8"), { schema, owner }),
    })),
  );
  const doubled = read.filter(({ file }, index) => read.findIndex((other) => other.file === file) < index);
  const reports = [
    ...read.filter(({ faults }) => faults.length > 0).map(({ shown, faults }) => report(shown, faults, "")),
    ...doubled.map(({ shown, file }) => report(shown, [doubledFault(file)], "")),
  ];
  if (reports.length > 0) throw new pulumi.RunError(reports.join("\n\n"));
  return read.flatMap(({ bundle }) => bundle ?? []).sort((one, other) => (one.name < other.name ? -1 : 1));
}

function doubledFault(file: string): Fault {
  return {
    path: ["name"],
    found: `a second file called ${file}`,
    allowed: "a name that no other bundle has, whichever system it belongs to",
  };
}

interface Read {
  readonly bundle?: Bundle;
  readonly faults: readonly Fault[];
}

/** What a file is held against: the schema, and whose folder it is in. */
interface Expected {
  readonly schema: BundleSchema;
  readonly owner: string;
}

function readBundle(file: string, text: string, expected: Expected): Read {
  const name = basename(file, ".yaml");
  if (`${name}.yaml` !== file) {
    return {
      faults: [{ path: [], found: `a file called ${file}`, allowed: "files called NAME.yaml, one a bundle" }],
    };
  }
  try {
    return checkBundle(name, parse(text), expected);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const [problem = error.code] = error.message.split("\n");
    return { faults: [{ path: [], found: "text that is not YAML", problem }] };
  }
}

function checkBundle(name: string, raw: unknown, { schema, owner }: Expected): Read {
  const { data: bundle, error } = schema.safeParse(raw);
  const faults = [
    ...completeFaults(schema, raw, error?.issues ?? []),
    ...nameFaults(name, valueAt(raw, ["name"])),
    ...(bundle === undefined || bundle.system === owner ? [] : [ownerFault(owner, bundle.system)]),
  ];
  return { faults, ...(bundle && { bundle }) };
}

function ownerFault(owner: string, found: string): Fault {
  return {
    path: ["system"],
    found: JSON.stringify(found),
    allowed: `${owner}: the one in whose folder the file is`,
    example: owner,
  };
}

function nameFaults(name: string, found: unknown): readonly Fault[] {
  if (found === name || typeof found !== "string") return [];
  return [
    {
      path: ["name"],
      found: JSON.stringify(found),
      allowed: `${name}: the file's name, so that no two bundles have the same`,
      example: name,
    },
  ];
}
