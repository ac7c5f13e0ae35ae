import { rmSync } from "node:fs";
import { changedProject } from "../sandbox/drills/changed-project";
import { preview } from "./previews";
import { ours, repository } from "./projects";
import { ratio, type Section, seconds } from "./section";

const stack = "prod";

/** What it costs to have every resource looked at by the policy pack. (K1-K8) */
export const policies: Section = {
  name: "policies",
  title: `Policies: preview of ${stack} with the pack and without`,
  async run() {
    const folder = changedProject(repository, stack, [], ["infra"]);
    try {
      const without = await preview({ folder, stack });
      const own = await preview(ours(stack));
      return [
        [
          ["without", "with", "ratio"],
          [seconds(without.seconds), seconds(own.seconds), ratio(own.seconds, without.seconds)],
        ],
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
