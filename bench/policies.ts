import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Table } from "../cli/table";
import { changedProject, sharedWithoutPolicies } from "../drills/changed-project";
import { measure } from "./command";
import { previews } from "./previews";
import { ours, repository } from "./projects";
import { ratio, type Section, seconds } from "./section";

const stack = "prod";

/**
 * What it costs to have every resource of a stack that is up looked at by the policy pack; and how much of that is the
 * engine's way to any pack, two calls for each resource, one resource after the other. (K1-K8)
 */
export const policies: Section = {
  name: "policies",
  title: `Policies: preview of ${stack}, which is up, by turns`,
  async run() {
    const without = changedProject(repository, stack, [], sharedWithoutPolicies);
    const empty = changedProject(repository, stack, [], sharedWithoutPolicies);
    symlinkSync(join(__dirname, "empty-pack"), join(empty, "policies"));
    const packs = [
      { name: "no pack", folder: without, stack },
      { name: "a pack without policies", folder: empty, stack },
      { name: "the project's pack", ...ours(stack) },
    ];
    try {
      await measure("up", ours(stack));
      const measured = await previews(packs);
      await measure("destroy", ours(stack));
      const [none] = measured;
      const rows = measured.map((one): Table[number] => [
        one.name,
        seconds(one.seconds),
        ratio(one.seconds, none?.seconds ?? Number.NaN),
      ]);
      return [[["preview with", "seconds", "ratio"], ...rows]];
    } finally {
      for (const folder of [without, empty]) rmSync(folder, { recursive: true, force: true });
    }
  },
};
