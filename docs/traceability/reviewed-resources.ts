import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const plans = join(__dirname, "../../test/golden/plan");

const resourceSchema = z.object({ inputs: z.record(z.string(), z.unknown()) });

/** The resources of the reviewed plans, by how statements name them. */
export interface ReviewedResources {
  /** The inputs of `[stack/]Kind name`; undefined when the plan has no such resource. */
  readonly find: (reference: string) => Readonly<Record<string, unknown>> | undefined;
}

/** The file of a resource in its stack's plan. */
export function planFile(reference: string): string | undefined {
  const [, stack = "prod", kind = "", name = ""] = /^(?:(\w+)\/)?(\S+) (\S+)$/.exec(reference) ?? [];
  const file = readdirSync(join(plans, stack)).find((one) => one.endsWith(`.${kind}.${name}.json`));
  return file && join("test/golden/plan", stack, file);
}

/** Reads each resource once, when it is asked for. */
export function reviewedResources(): ReviewedResources {
  const known = new Map<string, Readonly<Record<string, unknown>> | undefined>();
  return {
    find: (reference) => {
      if (!known.has(reference)) known.set(reference, inputsOf(reference));
      return known.get(reference);
    },
  };
}

function inputsOf(reference: string): Readonly<Record<string, unknown>> | undefined {
  const file = planFile(reference);
  if (file === undefined) return undefined;
  return resourceSchema.parse(JSON.parse(readFileSync(join(__dirname, "../..", file), "utf8"))).inputs;
}
