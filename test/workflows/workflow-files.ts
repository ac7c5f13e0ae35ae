import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const repository = join(__dirname, "..", "..");

/** Permissions: nothing (`{}`), or each named with `read` or `write`. */
const permissions = z.record(z.string(), z.enum(["read", "write", "none"]));

const concurrency = z.object({ group: z.string(), "cancel-in-progress": z.union([z.boolean(), z.string()]) });

const step = z.object({
  name: z.string().optional(),
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  run: z.string().default(""),
});

const job = z.object({
  name: z.string().optional(),
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  environment: z.string().optional(),
  permissions,
  concurrency: concurrency.optional(),
  "runs-on": z.string().optional(),
  "timeout-minutes": z.number().optional(),
  steps: z.array(step).default([]),
});

const workflow = z.object({
  on: z.union([z.string(), z.record(z.string(), z.unknown())]),
  permissions,
  defaults: z.object({ run: z.object({ shell: z.string() }) }).optional(),
  concurrency: concurrency.optional(),
  jobs: z.record(z.string(), job),
});

const action = z.object({ runs: z.object({ steps: z.array(step) }) });

export type Step = z.infer<typeof step>;
export type Job = z.infer<typeof job>;

/** A workflow, or an action of this repository. */
interface Source {
  /** From the root of the repository. */
  readonly file: string;
  readonly text: string;
}

export interface Workflow extends Source, z.infer<typeof workflow> {
  /** `preview.yml` */
  readonly name: string;
}

export interface Action extends Source {
  /** `open-clouds` */
  readonly name: string;
  readonly steps: readonly Step[];
}

export const workflows: readonly Workflow[] = names("workflows").map((name) => {
  const source = read("workflows", name);
  return { ...workflow.parse(parse(source.text)), ...source, name };
});

export const actions: readonly Action[] = names("actions").map((name) => {
  const source = read("actions", name, "action.yml");
  return { steps: action.parse(parse(source.text)).runs.steps, ...source, name };
});

/** @throws Error when there is no such workflow */
export function workflowOf(name: string): Workflow {
  const found = workflows.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no workflow ${name}`);
  return found;
}

/** @throws Error when the workflow has no such job */
export function jobOf(name: string, id: string): Job {
  const found = workflowOf(name).jobs[id];
  if (found === undefined) throw new Error(`${name} has no job ${id}`);
  return found;
}

function names(folder: string): readonly string[] {
  return readdirSync(join(repository, ".github", folder));
}

function read(...path: readonly string[]): Source {
  const file = join(".github", ...path);
  return { file, text: readFileSync(join(repository, file), "utf8") };
}
