import { z } from "zod";
import { type Check, each, nothing } from "../verdict";

const lifecycle = z.object({
  rules: z.array(
    z.object({
      id: z.string().default(""),
      status: z.string(),
      filter: z.object({ prefix: z.string().optional() }).optional(),
      expiration: z.object({ days: z.number().optional() }).optional(),
    }),
  ),
});

/** Buckets whose objects end by themselves, by the ends of their names, and the fewest days until then. */
const ending: readonly (readonly [RegExp, number])[] = [
  // The weekly check of restores finds one.
  [/-backups(-replica)?$/, 8],
  [/-(access-logs|telemetry)$/, 1],
];

/** Nothing deletes what is there to stay, and backups are there until they are checked. */
export const objectsStay: Check = ({ plan }) =>
  plan === undefined
    ? nothing
    : each(
        plan.all("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", lifecycle),
        ({ name, inputs }) => {
          const [, fewest] = ending.find(([ends]) => ends.test(name.replace(/-lifecycle$/, ""))) ?? [];
          return inputs.rules.flatMap(({ id, status, filter, expiration }) => {
            const { days } = expiration ?? {};
            const isWhole = (filter?.prefix ?? "") === "";
            if (status !== "Enabled" || days === undefined || !isWhole) return [];
            if (fewest !== undefined && days >= fewest) return [];
            return [
              {
                object: name,
                rule:
                  fewest === undefined
                    ? `its rule ${id} deletes everything after ${days} days, and the bucket holds what is there to stay`
                    : `its rule ${id} deletes backups after ${days} days, and ${fewest} is the least for the weekly check of restores`,
                source: "S3 user guide, lifecycle: expiration is of current versions, whatever uses them",
                fix: "let earlier versions end alone, or later",
              },
            ];
          });
        },
      );
