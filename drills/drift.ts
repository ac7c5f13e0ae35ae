import { damage, intact } from "./damage";
import { type Drill, outcome } from "./drill";
import { heal } from "./healed";
import { randomNumbers, seedOfRun } from "./random";

/** Somebody works by hand on what the program owns. (G1) */
export const drift: Drill = {
  name: "drift",
  promise: "what is changed by hand is seen by preview, and put right by up",
  run: async (context) => {
    const seed = seedOfRun();
    const random = randomNumbers(seed);
    const before = await intact(context.clusters);
    const done: string[] = [];
    for (const cluster of context.clusters) {
      done.push(...(await damage(cluster, random)));
    }
    const preview = await context.engine.run("preview", "--expect-no-changes");
    const unseen = preview.succeeded ? ["preview saw nothing of it"] : [];
    return outcome([...unseen, ...(await heal(context, before))], [`SEED=${seed}`, ...done]);
  },
};
