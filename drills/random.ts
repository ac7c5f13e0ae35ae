import { randomInt } from "node:crypto";

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32), so that what a drill did can be done again. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seed of this run: `SEED`, else any. */
export function seedOfRun(): number {
  return Number(process.env.SEED ?? randomInt(1_000_000));
}

/** Some of the things, each once, in random order. */
export function some<Thing>(things: readonly Thing[], count: number, random: () => number): readonly Thing[] {
  return things
    .map((thing) => ({ thing, rank: random() }))
    .toSorted((one, other) => one.rank - other.rank)
    .slice(0, count)
    .map(({ thing }) => thing);
}
