import { z } from "zod";
import { Plan, type ResourceFile } from "./plan";

/** A resource in its planned state. */
const state = z.looseObject({
  urn: z.string(),
  type: z.string(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  parent: z.string().default(""),
  provider: z.string().default(""),
  dependencies: z.array(z.string()).nullish(),
  protect: z.boolean().default(false),
});

type State = z.infer<typeof state>;

const preview = z.looseObject({
  steps: z.array(z.looseObject({ op: z.string(), newState: state.optional() })).default([]),
});

/** The root component, which a plan leaves out. */
const stackType = "pulumi:pulumi:Stack";

/**
 * The plan in the output of `pulumi preview --json --show-sames`. Without `--show-sames` it contains only
 * changed resources. What the engine hides is missing from the model too: the keys of a Secret whose data are
 * secret as a whole (`--show-secrets` shows them), and inputs that are known only after a cloud has answered,
 * which are UUIDs here.
 *
 * @throws Error when the text is not one complete preview, or is that of a failed one
 */
export function planOfPreview(stack: string, text: string): Plan {
  const states = new Map<string, State>();
  for (const { newState } of stepsOf(text)) {
    // A replacement has several steps, all with the same final state.
    if (newState !== undefined && newState.type !== stackType) states.set(newState.urn, newState);
  }
  return Plan.of(stack, [...states.values()].map(resourceOf));
}

function stepsOf(text: string): z.infer<typeof preview>["steps"] {
  const found = preview.safeParse(parsed(text));
  if (!found.success || !(found.data.steps.length > 0 || "changeSummary" in found.data)) {
    const wanted = "one object with steps, as `pulumi preview --json --show-sames` prints it";
    throw new Error(`this is no preview: found ${JSON.stringify(text.slice(0, 60))}; it must be ${wanted}`);
  }
  return found.data.steps;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function resourceOf({ urn, type, inputs, parent, provider, dependencies, protect }: State): ResourceFile {
  const own = shortOf(urn);
  return {
    type,
    name: own.slice(`${type}::`.length),
    inputs,
    options: {
      ...(parent !== "" && typeOf(parent) !== stackType && { parent: shortOf(parent) }),
      // A provider is named by its URN and its ID.
      ...(provider !== "" && { provider: shortOf(provider.slice(0, provider.lastIndexOf("::"))) }),
      dependsOn: (dependencies ?? []).map(shortOf),
      protect,
    },
  };
}

/** `aws:s3/bucket:Bucket::models` of `urn:pulumi:prod::project::parent$aws:s3/bucket:Bucket::models`. */
function shortOf(urn: string): string {
  const [, , , ...name] = urn.split("::");
  return [typeOf(urn), ...name].join("::");
}

function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
