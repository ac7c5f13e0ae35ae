import type { DrillContext } from "./drill";

/** Brings a stack back to what its program says, and makes sure of it; answers with what is wrong. */
export async function heal({ engine, clusters }: DrillContext): Promise<readonly string[]> {
  const up = await engine.run("up", "--refresh");
  if (!up.succeeded) {
    return [`up did not succeed:\n${lastLines(up.output)}`];
  }
  const preview = await engine.run("preview", "--expect-no-changes");
  const left = (await Promise.all(clusters.map((cluster) => cluster.whole()))).flat();
  return [
    ...(preview.succeeded ? [] : [`after up, preview still finds changes:\n${lastLines(preview.output)}`]),
    ...left,
  ];
}

export function lastLines(output: string): string {
  return output
    .trimEnd()
    .split("\n")
    .slice(-12)
    .map((line) => `    ${line}`)
    .join("\n");
}
