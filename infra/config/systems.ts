import { z } from "zod";
import { type Environment, environmentSchema } from "./environment";
import { registryHost } from "./registry-host";

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

/** A host name that visitors use; no other system may have it. */
const host = z
  .string()
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/, "a full host name in lower case")
  .meta({ examples: ["ai.atlas-financial.com"] });

const images = (registry: string, tag: string) =>
  z
    .strictObject({
      registry: z
        .string()
        .regex(
          /^[a-z0-9.-]+\.[a-z]{2,}(:\d+)?(\/[a-z0-9._/-]+)?$/,
          "a registry's host name, with or without a path",
        )
        .default(registry)
        .describe("Registry and path that hold an image for each workload, by the workload's name. (D7)")
        .meta({ examples: [registry] }),
      tag: z
        .string()
        .regex(/^(?!latest$)[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/, "a tag that never moves, so not `latest`")
        .default(tag)
        .describe("Tag of every image. (D7, K4)")
        .meta({ examples: [tag] }),
      of: z
        .record(
          z.string(),
          z
            .string()
            .regex(
              /^[a-z0-9.-]+\.[a-z]{2,}(:\d+)?\/[a-z0-9._/-]+(:(?!latest(@|$))[A-Za-z0-9._-]+)?(@sha256:[0-9a-f]{64})?$/,
              "registry/repository:tag, with or without @sha256:...",
            )
            .meta({ examples: [`${registry}/NAME:${tag}@sha256:${"0".repeat(64)}`] }),
        )
        .default({})
        .describe("Images of single workloads, whole, where they differ. (D7)"),
    })
    .default({ registry, tag, of: {} })
    .describe("Images of the system's workloads: they are not part of this repository. (D7)");

/** Which of the four systems the stack runs, and where. */
export const systemsSchema = z
  .strictObject({
    atlas: z
      .strictObject({
        cluster: placement,
        delivery,
        gpuPool,
        host: host
          .optional()
          .describe(
            "Where the AI services answer. Left out: `ai.atlas-financial.com` in production, `ai.ENVIRONMENT.atlas-financial.com` elsewhere. (A8, 000)",
          ),
        images: images(`${registryHost}/atlas`, "v2.0.0"),
        modelVersion: z
          .string()
          .regex(/^\d+\.\d+\.\d+$/, "MAJOR.MINOR.PATCH, as in the folder triton-vMAJOR.MINOR.PATCH")
          .default("1.0.0")
          .describe(
            "The version of Triton's model repository in the bucket of models that is served; an earlier one rolls back. (A4, 000)",
          )
          .meta({ examples: ["1.0.0"] }),
      })
      .optional()
      .describe("Atlas Financial's AI services. Left out: not in this stack. (000, 001)"),
    aiaas: z
      .strictObject({
        cluster: placement,
        delivery,
        gpuPool,
        host: host
          .optional()
          .describe(
            "Where the API Router answers. Left out: `api.aiaas.example.com` in production, `api.ENVIRONMENT.aiaas.example.com` elsewhere. (B1, 002)",
          ),
        images: images("registry.example.com/aiaas", "v1.0.0"),
        model: z
          .string()
          .regex(/^[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+$/, "OWNER/NAME, as Hugging Face has it")
          .default("openai/gpt-oss-120b")
          .describe(
            "The language model that vLLM serves, by its name at Hugging Face; it has to fit on one card. (B2, 002)",
          )
          .meta({ examples: ["openai/gpt-oss-120b"] }),
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
      .strictObject({
        cluster: placement,
        delivery,
        host: host
          .optional()
          .describe(
            "Where the API answers. Left out: `api.yourdomain.com` in production, `api.ENVIRONMENT.yourdomain.com` elsewhere. (M1, 003)",
          ),
        images: images("registry.example.com/ai-middleware", "v1.0.0"),
      })
      .optional()
      .describe("The AI Middleware. Left out: not in this stack. (003)"),
    "market-research": z
      .strictObject({
        cluster: placement,
        delivery,
        gpuPool,
        host: host
          .optional()
          .describe(
            "Where the Inference API answers. Left out: `research.example.com` in production, `research.ENVIRONMENT.example.com` elsewhere. (N1, 004)",
          ),
        images: images("registry.example.com/marketresearch", "v1.0.0"),
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
          .describe("Cards that a training run uses, each in a pod of its own. (N2, 004)")
          .meta({ examples: [2] }),
      })
      .optional()
      .describe("MarketResearchAI. Left out: not in this stack. (004)"),
  })
  .describe("Which systems the stack runs, and on which of its clusters. (D1, D2)");

/** The `systems` section of a stack's configuration. */
export type SystemsConfig = z.infer<typeof systemsSchema>;

/** Which systems a stack runs, and where: all that decides on namespaces. */
export type SystemPlacements = Readonly<
  Partial<
    Record<
      SystemName,
      { readonly cluster: "aws" | "linode" | "local"; readonly sharedWith?: readonly Environment[] }
    >
  >
>;

/** Where the images of a system's workloads are. */
export type ImagesConfig = NonNullable<SystemsConfig["atlas"]>["images"];

/** One of the four systems, as stack configuration names it. */
export type SystemName = keyof SystemsConfig;

/** The systems that run on a cluster. */
export function systemsOn(systems: SystemPlacements, cluster: string): readonly SystemName[] {
  return systemNames.filter((name) => systems[name]?.cluster === cluster);
}

/** Every system, in the order in which they are told. */
export const systemNames: readonly SystemName[] = ["atlas", "aiaas", "ai-middleware", "market-research"];
