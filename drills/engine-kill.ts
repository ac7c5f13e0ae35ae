import { damage, intact } from "./damage";
import { type Drill, outcome } from "./drill";
import { heal } from "./healed";
import { pauseWithin } from "./pause";
import { randomNumbers, seedOfRun } from "./random";

const kills = 20;
/** Milliseconds into the engine's work within which it is killed. */
const within = 15_000;

/** The engine is killed at random moments of an `up`, as a runner of CI is. (G1) */
export const engineKill: Drill = {
  name: "engine-kill",
  promise: `after ${kills} kills of the engine at random moments, one up finishes the work and a preview finds no changes`,
  run: async (context) => {
    const seed = seedOfRun();
    const random = randomNumbers(seed);
    const before = await intact(context.clusters);
    let atWork = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      for (const cluster of context.clusters) {
        await damage(cluster, random);
      }
      const up = context.engine.start("up", "--refresh");
      await up.begun;
      await pauseWithin(Math.floor(random() * within), up.ended);
      up.kill();
      atWork += (await up.ended).succeeded ? 0 : 1;
    }
    const idle = atWork === 0 ? ["no run was still at work when it was killed: nothing was tried"] : [];
    return outcome(
      [...idle, ...(await heal(context, before))],
      [`SEED=${seed}: ${atWork} of ${kills} runs were killed at work`],
    );
  },
};
