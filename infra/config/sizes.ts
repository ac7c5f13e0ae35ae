import { z } from "zod";

const cpu = z
  .string()
  .regex(/^([0-9]+m|[0-9]+(\.[0-9]+)?)$/, "CPUs or thousandths of one")
  .meta({ examples: ["500m", "2"] });

const memory = z
  .string()
  .regex(/^[0-9]+(Mi|Gi)$/, "an amount in Mi or Gi")
  .meta({ examples: ["512Mi", "1Gi"] });

const amount = z.strictObject({
  cpu: cpu.optional().describe("CPU of each pod."),
  memory: memory.optional().describe("Memory of each pod."),
});

const size = z
  .strictObject({
    minimum: z
      .int()
      .min(1)
      .optional()
      .describe("The fewest replicas.")
      .meta({ examples: [3] }),
    maximum: z
      .int()
      .min(1)
      .optional()
      .describe("The most replicas, where an autoscaler decides.")
      .meta({ examples: [20] }),
    requests: amount.optional().describe("What each pod is promised."),
    limits: amount.optional().describe("What each pod may use at most."),
  })
  .describe("The size of one workload, where it differs from what the program gives it in this environment.");

/** Sizes of single workloads, by name. */
export const sizesSchema = z
  .record(z.string(), size)
  .default({})
  .describe(
    "Sizes of workloads that differ from what the program gives them in this environment, by the workload's name. (000-004)",
  )
  .meta({ examples: [{ "ai-engine": { minimum: 5, maximum: 30 } }] });

/** The `sizes` section of a stack's configuration. */
export type SizesConfig = z.infer<typeof sizesSchema>;

/** The size of one workload, as far as the stack says. */
export type SizeConfig = z.infer<typeof size>;
