import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The state of a stack as the file backend keeps it, of which only the resources matter here. */
export interface StoredState {
  readonly version: number;
  readonly checkpoint: {
    readonly stack: string;
    readonly latest: {
      readonly manifest: Readonly<Record<string, unknown>>;
      readonly resources: readonly RecordedResource[];
    };
  };
}

export interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** What a resource's record says of the run that made it, and not of the resource. */
const ofTheRun = ["created", "modified", "sourcePosition", "stackTrace"];

/** Stands for the cache's folder in a recording, which each sandbox has elsewhere. */
const cachePlaceholder = "<cache>";

const noTime = "0001-01-01T00:00:00Z";

export function recordedFile(stack: string): string {
  return join(__dirname, "recorded", `${stack}.json`);
}

export function readRecorded(stack: string): StoredState {
  return JSON.parse(readFileSync(recordedFile(stack), "utf8"));
}

/** Keeps the state that a sandbox has of a stack. Secrets in it are encrypted, and only open throw-away clusters. */
export function record(cache: string, stack: string): void {
  const { version, checkpoint }: StoredState = JSON.parse(
    readFileSync(stateFile(cache, stack), "utf8").replaceAll(cache, cachePlaceholder),
  );
  const { latest } = checkpoint;
  const resources = latest.resources.map((resource) =>
    Object.fromEntries(Object.entries(resource).filter(([key]) => !ofTheRun.includes(key))),
  );
  const kept = { ...latest, manifest: { ...latest.manifest, time: noTime }, resources };
  write(recordedFile(stack), sorted({ version, checkpoint: { ...checkpoint, latest: kept } }));
}

/** Gives an empty sandbox a state, as if it had brought the stack up itself. */
export function restore(cache: string, stack: string, state: StoredState): void {
  write(join(backend(cache), "meta.yaml"), { version: 1 });
  const placed: unknown = JSON.parse(JSON.stringify(state).replaceAll(cachePlaceholder, cache));
  write(stateFile(cache, stack), placed);
}

function backend(cache: string): string {
  return join(cache, "ai-platform", "pulumi", "state", ".pulumi");
}

function stateFile(cache: string, stack: string): string {
  return join(backend(cache), "stacks", "ai-platform", `${stack}.json`);
}

function write(file: string, content: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(content, undefined, 1)}\n`);
}

/** The same value with every object's keys in order, so that two recordings can be compared. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, child]) => [key, sorted(child)]));
}
