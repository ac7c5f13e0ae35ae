import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { systems as registry, stackSchema } from "../../apps/registry";
import { Failure } from "../../cli/failure";
import { nearest } from "../../infra/config/nearest";

export interface SetImageOptions {
  readonly projectDirectory: string;
  readonly stack: string;
  /** As stack configuration names it: `atlas`. */
  readonly system: string;
  /** As its Deployment is named: `ml-pipeline`. */
  readonly workload: string;
  /** Complete, with its digest: `registry/repository:tag@sha256:...`. */
  readonly image: string;
}

const systemsKey = "ai-platform:systems";

/**
 * Writes a workload's image into a stack file and leaves the rest unchanged, comments included. Reverting the
 * commit reverts the image. (G2, D7)
 *
 * @throws Failure when the stack has no such system, the system no such workload, or the image no digest
 */
export function setImage({ projectDirectory, stack, system, workload, image }: SetImageOptions): void {
  const file = join(projectDirectory, `Pulumi.${stack}.yaml`);
  if (!existsSync(file)) throw new Failure(`There is no stack "${stack}": ${file} does not exist.`);
  const before = readFileSync(file, "utf8");
  const document = parseDocument(before);
  if (!document.hasIn(["config", systemsKey, system])) {
    throw new Failure(`${stack} has no system "${system}". Example: --system atlas`);
  }
  const known = workloadsIn(system);
  if (!known.includes(workload)) {
    throw new Failure(
      `${system} has no workload "${workload}"; it has ${known.join(", ")}. Example: --workload ${nearest(workload, known) ?? known[0]}`,
    );
  }
  if (!/@sha256:[0-9a-f]{64}$/.test(image)) {
    throw new Failure(
      `--image ${image} has no digest, and a tag may move. Example: registry/name:tag@sha256:<64 hexadecimal digits>`,
    );
  }
  document.setIn(["config", systemsKey, system, "images", "of", workload], image);
  const systems: unknown = document.toJS().config[systemsKey];
  const checked = stackSchema.shape.systems.safeParse(systems);
  if (!checked.success)
    throw new Failure(`${image}: ${checked.error.issues.map(({ message }) => message).join("; ")}`);
  writeFileSync(file, spacedAs(before, document.toString({ lineWidth: 0 })));
}

function workloadsIn(system: string): readonly string[] {
  return Object.keys(registry.find(({ name }) => name === system)?.workloads ?? {});
}

/** Unchanged lines keep their spaces, so that a reviewer sees only the change. */
function spacedAs(before: string, after: string): string {
  const content = (line: string): string => line.trimEnd().replaceAll(/(?<=\S)\s+/g, "");
  const known = new Map(before.split("\n").map((line) => [content(line), line]));
  return after
    .split("\n")
    .map((line) => known.get(content(line)) ?? line)
    .join("\n");
}
