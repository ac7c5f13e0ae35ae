import { z } from "zod";
import { gpuPoolOption, systemSection, trainingPoolOption } from "../../infra/systems/section";

/** Where the Inference API answers in production; 004 names no host. (N1) */
export const host = "research.example.com";

/** MarketResearchAI's section of a stack's configuration. */
export const section = systemSection({
  about: "MarketResearchAI.",
  source: "004",
  host: { production: host, about: "Where the Inference API answers.", source: "N1, 004" },
  images: { registry: "registry.example.com/marketresearch", tag: "v1.0.0" },
  options: {
    gpuPool: gpuPoolOption,
    modelVersion: z
      .string()
      .regex(/^\d+\.\d+\.\d+$/, "MAJOR.MINOR.PATCH, as in the name model-vMAJOR.MINOR.PATCH")
      .default("1.1.0")
      .describe("The version of the models that the services load; an earlier one rolls back. (N3, 004)")
      .meta({ examples: ["1.1.0"] }),
    embedderSchedule: z
      .string()
      .regex(/^(\S+ ){4}\S+$/, "five fields, as cron has them")
      .default("0 2 * * *")
      .describe("When the embeddings index is rebuilt, as cron has it, in UTC. (N2, 004)")
      .meta({ examples: ["0 2 * * *"] }),
    trainingGpus: z
      .int()
      .min(1)
      .max(4)
      .default(1)
      .describe(
        "Cards that a training run uses, each in a pod on a node of its own. What serves keeps its cards: these have to be there beside it, in the same pool or in `trainingPool`. (N2, 004)",
      )
      .meta({ examples: [2] }),
    trainingPool: trainingPoolOption,
  },
});

/** What a stack's configuration says of MarketResearchAI. */
export type MarketResearchConfig = z.infer<typeof section>;
