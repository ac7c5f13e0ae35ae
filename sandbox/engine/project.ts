import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { messageOf } from "../../cli/errors";
import { Failure } from "../../cli/failure";
import { understood } from "../../cli/understood";

const projectFile = z.looseObject({ name: z.string(), main: z.string().default(".") });

const stackFile = z.looseObject({
  config: z.record(z.string(), z.unknown()).default({}),
});

export type StackFile = z.infer<typeof stackFile>;

/** A Pulumi project on disk, as its Pulumi.yaml and stack files describe it. */
export interface Project {
  readonly directory: string;
  readonly name: string;
  /** The program's entry point, absolute. */
  readonly main: string;
  readonly stacks: readonly string[];
}

export function openProject(directory: string): Project {
  const file = join(directory, "Pulumi.yaml");
  if (!existsSync(file)) {
    throw new Failure(
      `${directory} holds no Pulumi.yaml: --project must name the folder of a Pulumi project.`,
    );
  }
  const { name, main } = understood(
    file,
    () => projectFile.parse(parse(readFileSync(file, "utf8"))),
    "It must be a Pulumi project file. Example: name: ai-platform",
  );
  const stacks = readdirSync(directory)
    .map((entry) => /^Pulumi\.([A-Za-z0-9_.-]+)\.yaml$/.exec(entry)?.[1])
    .filter((stack) => stack !== undefined)
    .sort();
  return { directory, name, main: join(directory, main), stacks };
}

/** @throws Failure with the stacks that there are, when the project has no file of this one */
export function requireStack(project: Project, stack: string): void {
  if (!project.stacks.includes(stack)) {
    throw new Failure(
      `There is no stack "${stack}": ${project.directory} has ${project.stacks.join(", ") || "none"}. ` +
        `Example: make up STACK=${project.stacks[0] ?? "dev"}`,
    );
  }
}

/** Reads Pulumi.<stack>.yaml; a stack without a file is refused with the ones that there are. */
export function readStackFile(project: Project, stack: string): StackFile {
  requireStack(project, stack);
  const file = join(project.directory, `Pulumi.${stack}.yaml`);
  try {
    return stackFile.parse(parse(readFileSync(file, "utf8")) ?? {});
  } catch (error) {
    throw new Failure(`Pulumi.${stack}.yaml ${wrongWith(error)}`);
  }
}

function wrongWith(error: unknown): string {
  if (error instanceof z.ZodError) {
    const faults = error.issues.map(
      ({ path, message }) => `${path.join(".") || "the whole file"}: ${message}`,
    );
    return `is not a Pulumi stack file: ${faults.join("; ")}. Example: config: { "ai-platform:environment": development }`;
  }
  return `is not YAML: ${messageOf(error).trim()}`;
}

/** The stacks of the same project that a configuration refers to, as `organization/<project>/<stack>`. */
export function referencedStacks(project: Project, { config }: StackFile): readonly string[] {
  const prefix = `organization/${project.name}/`;
  const found = strings(config)
    .filter((text) => text.startsWith(prefix))
    .map((text) => text.slice(prefix.length));
  return [...new Set(found)].sort();
}

/** The stacks of the project whose configuration refers to this one. */
export function referringStacks(project: Project, stack: string): readonly string[] {
  return project.stacks.filter(
    (other) => other !== stack && referencedStacks(project, readStackFile(project, other)).includes(stack),
  );
}

/** A cluster of the laptop's own that a configuration asks for. */
export interface LocalCluster {
  readonly context: string;
  readonly gpu: boolean;
}

const localCluster = z.object({
  cloud: z.literal("local"),
  context: z.string(),
  gpu: z.boolean().default(false),
});
const clusters = z.record(z.string(), z.unknown());

/** Every cluster of the laptop's own that a configuration asks for. */
export function localClustersOf(project: Project, { config }: StackFile): readonly LocalCluster[] {
  const named = clusters.safeParse(config[`${project.name}:clusters`]).data ?? {};
  return Object.values(named).flatMap((cluster) => localCluster.safeParse(cluster).data ?? []);
}

/** Property paths of encrypted values: they are encrypted for the real stack, so the sandbox puts its own in. */
export function securePaths(config: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(config).flatMap(([key, value]) => secureBelow(key, value));
}

function secureBelow(path: string, value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => secureBelow(`${path}[${index}]`, item));
  }
  if (typeof value !== "object" || value === null) {
    return [];
  }
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]?.[0] === "secure") {
    return [path];
  }
  return entries.flatMap(([key, child]) => secureBelow(`${path}.${key}`, child));
}

function strings(value: unknown): readonly string[] {
  if (typeof value === "string") {
    return [value];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}
