import { z } from "zod";
import { registryHost } from "../../infra/config/registry-host";
import { gpuPoolOption, systemSection } from "../../infra/systems/section";

/** Where the AI services answer in production. (A8, 000) */
export const host = "ai.atlas-financial.com";

/** Atlas' section of a stack's configuration. */
export const section = systemSection({
  about: "Atlas Financial's AI services.",
  source: "000, 001",
  host: { production: host, about: "Where the AI services answer.", source: "A8, 000" },
  images: { registry: `${registryHost}/atlas`, tag: "v2.0.0" },
  options: {
    gpuPool: gpuPoolOption,
    modelVersion: z
      .string()
      .regex(/^\d+\.\d+\.\d+$/, "MAJOR.MINOR.PATCH, as in the folder triton-vMAJOR.MINOR.PATCH")
      .default("1.0.0")
      .describe(
        "The version of Triton's model repository in the bucket of models that is served; an earlier one rolls back. (A4, 000)",
      )
      .meta({ examples: ["1.0.0"] }),
  },
});

/** What a stack's configuration says of Atlas. */
export type AtlasConfig = z.infer<typeof section>;
