import { z } from "zod";
import { gpuPoolOption, sharedWithOption, systemSection } from "../../infra/systems/section";

/** Where the API Router answers in production. (B1, 002) */
export const host = "api.aiaas.example.com";

/** AIaaS' section of a stack's configuration. */
export const section = systemSection({
  about: "The AIaaS platform.",
  source: "002",
  host: { production: host, about: "Where the API Router answers.", source: "B1, 002" },
  images: { registry: "registry.example.com/aiaas", tag: "v1.0.0" },
  options: {
    gpuPool: gpuPoolOption,
    model: z
      .string()
      .regex(/^[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+$/, "OWNER/NAME, as Hugging Face has it")
      .default("openai/gpt-oss-120b")
      .describe(
        "The language model that vLLM serves, by its name at Hugging Face; it has to fit on one card. (B2, 002)",
      )
      .meta({ examples: ["openai/gpt-oss-120b"] }),
    sharedWith: sharedWithOption,
  },
});

/** What a stack's configuration says of AIaaS. */
export type AiaasConfig = z.infer<typeof section>;
