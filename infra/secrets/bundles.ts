import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse, YAMLParseError } from "yaml";
import { completeFaults } from "../config/complete-faults";
import { type Fault, report } from "../config/fault";
import { valueAt } from "../config/schema-node";
import { type Bundle, bundleSchema } from "./bundle";

const shownFolder = "infra/secrets/bundles";

/**
 * Every bundle that the repository declares, by file name. A bundle has its file's name, so no two have the same.
 *
 * @throws pulumi.RunError that lists every fault of every file at once
 */
export function loadBundles(folder: string = join(__dirname, "bundles")): readonly Bundle[] {
  const read = readdirSync(folder)
    .sort()
    .map((file) => ({ file, ...readBundle(file, readFileSync(join(folder, file), "utf8")) }));
  const reports = read
    .filter(({ faults }) => faults.length > 0)
    .map(({ file, faults }) => report(`${shownFolder}/${file}`, faults, ""));
  if (reports.length > 0) throw new pulumi.RunError(reports.join("\n\n"));
  return read.flatMap(({ bundle }) => bundle ?? []);
}

interface Read {
  readonly bundle?: Bundle;
  readonly faults: readonly Fault[];
}

function readBundle(file: string, text: string): Read {
  const name = basename(file, ".yaml");
  if (`${name}.yaml` !== file) {
    return {
      faults: [{ path: [], found: `a file called ${file}`, allowed: "files called NAME.yaml, one a bundle" }],
    };
  }
  try {
    return checkBundle(name, parse(text));
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const [problem = error.code] = error.message.split("\n");
    return { faults: [{ path: [], found: "text that is not YAML", problem }] };
  }
}

function checkBundle(name: string, raw: unknown): Read {
  const { data: bundle, error } = bundleSchema.safeParse(raw);
  const faults = [
    ...completeFaults(bundleSchema, raw, error?.issues ?? []),
    ...nameFaults(name, valueAt(raw, ["name"])),
  ];
  return { faults, ...(bundle && { bundle }) };
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
