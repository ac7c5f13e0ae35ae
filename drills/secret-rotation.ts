import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { KubernetesObject } from "../sandbox/api-server/object";
import { bundleFiles } from "../sandbox/engine/placeholders";
import { AvailabilityGuard } from "./availability";
import { type Drill, type DrillContext, outcome } from "./drill";
import { lastLines, settle } from "./healed";
import { titleOf } from "./objects";

interface Secret extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
}

const bundle = z.looseObject({
  name: z.string(),
  keys: z.record(z.string(), z.looseObject({ source: z.string() })),
  consumers: z.union([z.array(z.string()), z.literal("systems")]).default([]),
});

const repository = join(__dirname, "..");

/** A generated secret is rotated before it is due. (P6, 002) */
export const secretRotation: Drill = {
  name: "secret-rotation",
  promise:
    "a generated secret can be rotated: its users restart with it, and no budget's minimum is missed meanwhile",
  run: async (context) => {
    const { clusters, engine } = context;
    const chosen = await rotatable(context);
    if (chosen === undefined) {
      return outcome([], ["the stack has no bundle of generated values that a workload here uses"]);
    }
    const before = await stateOf(context, chosen);
    const guards = await AvailabilityGuard.ofAll(clusters);
    const setting = { path: ["ai-platform:rotate", chosen], value: new Date().toISOString() };
    const up = await engine.changed([setting], (changed) => changed.run("up"));
    const after = await stateOf(context, chosen);
    const whole = (await Promise.all(clusters.map((cluster) => cluster.whole()))).flat();
    const watched = guards.map((guard) => guard.end());
    // Removing the setting rotates the values once more: the stack ends as its own file says.
    const settled = await settle(context);
    return outcome(
      [
        ...(up.succeeded ? [] : [`up did not succeed:\n${lastLines(up.output)}`]),
        ...(before.data === after.data ? [`the Secret ${chosen} has the same values as before`] : []),
        ...(before.users === after.users ? [`no user of ${chosen} was restarted`] : []),
        ...watched.flatMap(({ broken }) => broken),
        ...whole,
        ...settled,
      ],
      [`${chosen} was rotated`, ...watched.map(({ kept }) => kept)],
    );
  },
};

/** A bundle with nothing but generated values, whose Secret is there and which a workload uses. */
async function rotatable(context: DrillContext): Promise<string | undefined> {
  const candidates = bundleFiles(repository)
    .map((file) => bundle.parse(parse(readFileSync(file, "utf8"))))
    .filter(({ keys, consumers }) => {
      const sources = Object.values(keys).map(({ source }) => source);
      return consumers.length > 0 && sources.every((source) => source === "generated");
    });
  for (const { name } of candidates) {
    if ((await secretsOf(context, name)).length > 0 && (await usersOf(context, name)).length > 0) {
      return name;
    }
  }
  return undefined;
}

/** What rotation changes: the values, and the pods' templates of those who use them. */
async function stateOf(
  context: DrillContext,
  name: string,
): Promise<{ readonly data: string; readonly users: string }> {
  const [secrets, users] = await Promise.all([secretsOf(context, name), usersOf(context, name)]);
  return { data: JSON.stringify(secrets.map(({ data }) => data)), users: JSON.stringify(users) };
}

async function secretsOf({ clusters }: DrillContext, name: string): Promise<readonly Secret[]> {
  const lists = await Promise.all(
    clusters.map(({ api }) => api.list<Secret>(`/api/v1/secrets?fieldSelector=metadata.name%3D${name}`)),
  );
  return lists.flatMap(({ items }) => items);
}

async function usersOf({ clusters }: DrillContext, name: string): Promise<readonly object[]> {
  const workloads = (await Promise.all(clusters.map((cluster) => cluster.workloads()))).flat();
  return workloads
    .filter(({ spec }) => JSON.stringify(spec.template).includes(`"${name}"`))
    .map((workload) => ({ workload: titleOf(workload), template: workload.spec.template }));
}
