import { z } from "zod";
import { environmentSchema } from "./environment";

const placement = z
  .enum(["aws", "linode", "local"])
  .describe("The cluster that the system runs on, named by the section that describes it. (D2)")
  .meta({ examples: ["aws", "linode"] });

const gpuPool = z
  .string()
  .min(1)
  .optional()
  .describe(
    "The node pool that the system's GPU workloads run on; a local cluster's nodes are the pool `default`. Left out: the system runs without its GPU workloads. (C1, C3, C5)",
  )
  .meta({ examples: ["gpu-a10"] });

const delivery = z
  .enum(["program", "gitops"])
  .optional()
  .describe(
    "Who makes the system's objects: this program, or Argo CD from the repository that `platform.gitops` names. Then the program makes Argo CD's Application and none of the system's objects, since each has one owner. Left out: the program. (D11)",
  )
  .meta({ examples: ["gitops"] });

/** Which of the four systems the stack runs, and where. */
export const systemsSchema = z
  .strictObject({
    atlas: z
      .strictObject({ cluster: placement, delivery, gpuPool })
      .optional()
      .describe("Atlas Financial's AI services. Left out: not in this stack. (000, 001)"),
    aiaas: z
      .strictObject({
        cluster: placement,
        delivery,
        gpuPool,
        sharedWith: z
          .array(environmentSchema)
          .default([])
          .describe(
            "Further environments, each another stack's, whose namespaces are made on this stack's cluster. (D3, B3)",
          )
          .meta({ examples: [["development", "staging"]] }),
      })
      .optional()
      .describe("The AIaaS platform. Left out: not in this stack. (002)"),
    "ai-middleware": z
      .strictObject({ cluster: placement, delivery })
      .optional()
      .describe("The AI Middleware. Left out: not in this stack. (003)"),
    "market-research": z
      .strictObject({ cluster: placement, delivery, gpuPool })
      .optional()
      .describe("MarketResearchAI. Left out: not in this stack. (004)"),
  })
  .describe("Which systems the stack runs, and on which of its clusters. (D1, D2)");

/** The `systems` section of a stack's configuration. */
export type SystemsConfig = z.infer<typeof systemsSchema>;

/** One of the four systems, as stack configuration names it. */
export type SystemName = keyof SystemsConfig;
