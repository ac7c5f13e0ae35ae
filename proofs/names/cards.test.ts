import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { modelOf } from "../../model/expand";
import { Plan } from "../../model/plan";
import { reviewedFolder } from "../../model/reviewed";
import { faultsOf } from "../../test/support/proofs/evidence";
import { cardsAreEnough } from "./cards";

// A whole stack takes seconds on a busy machine.
jest.setTimeout(120_000);

const file = z.object({
  type: z.string(),
  name: z.string(),
  inputs: z.unknown(),
  options: z.looseObject({}),
});

interface Change {
  /** Part of the name of the resource's file. */
  readonly of: string;
  readonly text: string;
  readonly by: string;
}

/** Faults of the reviewed plan of production, some of whose files say something else. */
function faultsWith(...changes: readonly Change[]): readonly string[] {
  const folder = reviewedFolder("prod");
  const contentOf = (name: string): string =>
    changes
      .filter(({ of }) => name.includes(of))
      .reduce(
        (content, { text, by }) => {
          expect(content).toContain(text);
          return content.replaceAll(text, by);
        },
        readFileSync(join(folder, name), "utf8"),
      );
  const resources = readdirSync(folder)
    .filter((name) => name.endsWith(".json") && name !== "stack-outputs.json")
    .map((name) => file.parse(JSON.parse(contentOf(name))));
  const plan = Plan.of("prod", resources);
  return faultsOf(cardsAreEnough, { model: modelOf(plan), plan });
}

const workers = (number: number): Change => ({
  of: "CronJob.market-research-model-training",
  text: '"parallelism": 1',
  by: `"parallelism": ${number}`,
});

test("of four cards three serve: a run on one finds its card, a run on two waits for ever", () => {
  expect(faultsWith(workers(1))).toEqual([]);
  expect(faultsWith(workers(2))).toEqual([
    expect.stringMatching(
      /^aws: CronJob marketresearch\/model-training: 1 of its 2 pods with cards have no place beside all others: not enough .*GPUs/,
    ),
  ]);
});

test("a pool that may have more nodes has room for it", () => {
  const nodes = { of: "NodeGroup.aws-gpu-a10-group", text: '"maxSize": 4', by: '"maxSize": 5' };
  expect(faultsWith(workers(2), nodes)).toEqual([]);
});
