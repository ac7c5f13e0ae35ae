import { type Intact, stillDamaged } from "./damage";
import type { DrillContext } from "./drill";

/**
 * Brings a stack back to what its program says, after any damage, and makes sure of it; answers with what is wrong.
 *
 * @param before what may have been damaged, as it was
 */
export async function heal(context: DrillContext, before: Intact): Promise<readonly string[]> {
  const wrong = await settle(context, "--refresh");
  return [
    ...(wrong.length > 0 ? wrong : await changesLeft(context)),
    ...(await stillDamaged(context.clusters, before)),
  ];
}

async function changesLeft({ engine }: DrillContext): Promise<readonly string[]> {
  const preview = await engine.run("preview", "--expect-no-changes");
  return preview.succeeded ? [] : [`after up, preview still finds changes:\n${lastLines(preview.output)}`];
}

/** Brings a stack back to its own settings after others, and waits for its pods; answers with what is wrong. */
export async function settle(
  { engine, clusters }: DrillContext,
  ...options: readonly string[]
): Promise<readonly string[]> {
  const up = await engine.run("up", ...options);
  return up.succeeded
    ? (await Promise.all(clusters.map((cluster) => cluster.whole()))).flat()
    : [`up did not succeed:\n${lastLines(up.output)}`];
}

export function lastLines(output: string): string {
  return output
    .trimEnd()
    .split("\n")
    .slice(-12)
    .map((line) => `    ${line}`)
    .join("\n");
}
