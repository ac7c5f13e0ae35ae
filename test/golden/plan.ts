import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parseDocument } from "yaml";
import type { PlannedResource } from "./recording-monitor";

/** The files of a plan: one for each resource, and one for the stack's outputs. */
export type Plan = ReadonlyMap<string, string>;

/** Every stack that is under review. */
export const stacks = ["dev", "staging", "prod"] as const;

/** Where the plan that people have reviewed is. */
export function planFolder(stack: string): string {
  return join(__dirname, "plan", stack);
}

/**
 * What the program would do for a stack today, in an environment of nothing but a PATH and an empty home.
 *
 * @param file the stack's file, where it is not the repository's own
 */
export async function plan(stack: string, ...file: readonly string[]): Promise<Plan> {
  return filesOf(await record(stack, ...file));
}

/** What the program registers for a stack, and what it answers. */
export interface Recorded {
  readonly resources: readonly PlannedResource[];
  readonly outputs: unknown;
}

/** The same, as the program says it. */
export async function record(stack: string, ...file: readonly string[]): Promise<Recorded> {
  const home = mkdtempSync(join(tmpdir(), "golden-"));
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--require", join(__dirname, "../../cli/typescript.js"), join(__dirname, "record.ts"), stack, ...file],
      {
        cwd: join(__dirname, "../.."),
        env: { PATH: process.env.PATH, HOME: home, AI_PLATFORM_CLOUDS: "simulated" },
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    return JSON.parse(stdout);
  } finally {
    rmSync(home, { recursive: true });
  }
}

/**
 * What the program registers for a stack whose file differs.
 *
 * @param changes values by the path of their keys: `clusters/eu`. Undefined takes the key out
 */
export async function recordChanged(
  stack: string,
  changes: Readonly<Record<string, unknown>>,
): Promise<Recorded> {
  const name = `Pulumi.${stack}.yaml`;
  const document = parseDocument(readFileSync(join(__dirname, "../..", name), "utf8"));
  for (const [key, value] of Object.entries(changes)) {
    const [section = "", ...path] = key.split("/");
    const place = ["config", `ai-platform:${section}`, ...path];
    if (value === undefined) document.deleteIn(place);
    else document.setIn(place, value);
  }
  const folder = mkdtempSync(join(tmpdir(), "changed-"));
  try {
    writeFileSync(join(folder, name), document.toString());
    return await record(stack, join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The plan that people have reviewed. */
export function reviewedPlan(stack: string): Plan {
  const folder = planFolder(stack);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** Makes today's plan the one to review, or keeps it in another folder. */
export function writePlan(stack: string, files: Plan, folder = planFolder(stack)): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
}

function filesOf({ resources, outputs }: Recorded): Plan {
  const files = new Map([["stack-outputs.json", render(outputs)]]);
  for (const resource of resources) {
    const file = fileName(resource);
    if (files.has(file))
      throw new Error(`two resources would be written to ${file}: their names must differ`);
    files.set(file, render(resource));
  }
  return files;
}

/** `aws:s3/bucket:Bucket` named models becomes `aws.s3.Bucket.models.json`. */
function fileName({ type, name }: PlannedResource): string {
  const [packageName = "", module = "", kind = ""] = type.split(":");
  const folders = module.split("/");
  // Bridged providers repeat the type's name at the end of its module.
  if (folders.length > 1 && folders.at(-1)?.toLowerCase() === kind.toLowerCase()) folders.pop();
  return `${[packageName, ...folders, kind, name].join(".").replaceAll(/[^A-Za-z0-9._-]/g, "_")}.json`;
}

function render(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
