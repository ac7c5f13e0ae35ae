import { damage, intact } from "./damage";
import { type Drill, outcome } from "./drill";
import { heal, lastLines } from "./healed";
import { pauseWithin } from "./pause";
import { randomNumbers, seedOfRun } from "./random";

/** Milliseconds into the engine's work within which the API servers go away. */
const within = 5_000;

/** The API servers go away in the middle of an `up`. (R2, G3) */
export const apiOutage: Drill = {
  name: "api-outage",
  promise: "an up whose API servers go away ends by itself, and the next one finishes its work",
  run: async (context) => {
    const seed = seedOfRun();
    const random = randomNumbers(seed);
    const before = await intact(context.clusters);
    for (const cluster of context.clusters) {
      await damage(cluster, random);
    }
    const up = context.engine.start("up", "--refresh");
    const pause = Math.floor(random() * within);
    await up.begun;
    await pauseWithin(pause, up.ended);
    const killed = await Promise.all(context.clusters.map((cluster) => cluster.killApiServer()));
    const { succeeded, output } = await up.ended;
    const missed = succeeded ? ["the up had done its work before: nothing was tried"] : [];
    return outcome(
      [...missed, ...(await heal(context, before))],
      [
        `SEED=${seed}: ${killed.length} API servers killed ${pause} ms into the engine's work`,
        `the up ended:\n${lastLines(output)}`,
      ],
    );
  },
};
