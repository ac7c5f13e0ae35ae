import { damage } from "./damage";
import { type Drill, outcome } from "./drill";
import { heal, lastLines } from "./healed";
import { pauseWithin } from "./pause";
import { randomNumbers, seedOfRun } from "./random";

/** Milliseconds into the run within which the API servers go away. */
const within = 20_000;

/** The API servers go away in the middle of an `up`. (R2, G3) */
export const apiOutage: Drill = {
  name: "api-outage",
  promise: "an up whose API servers go away ends by itself, and the next one finishes its work",
  run: async (context) => {
    const seed = seedOfRun();
    const random = randomNumbers(seed);
    for (const cluster of context.clusters) {
      await damage(cluster, random);
    }
    const up = context.engine.start("up", "--refresh");
    const pause = Math.floor(random() * within);
    await pauseWithin(pause, up.ended);
    const killed = context.clusters.flatMap((cluster) => cluster.killApiServer());
    const { succeeded, output } = await up.ended;
    return outcome(await heal(context), [
      `SEED=${seed}: ${killed.length} API servers killed ${pause} ms into up`,
      succeeded ? "the up had done its work before" : `the up said so and ended:\n${lastLines(output)}`,
    ]);
  },
};
