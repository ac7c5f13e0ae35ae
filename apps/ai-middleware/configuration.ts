import type { z } from "zod";
import { systemSection } from "../../infra/systems/section";

/** Where the API answers in production. (M1, 003) */
export const host = "api.yourdomain.com";

/** The AI Middleware's section of a stack's configuration. */
export const section = systemSection({
  about: "The AI Middleware.",
  source: "003",
  host: { production: host, about: "Where the API answers.", source: "M1, 003" },
  images: { registry: "registry.example.com/ai-middleware", tag: "v1.0.0" },
  options: {},
});

/** What a stack's configuration says of the AI Middleware. */
export type AiMiddlewareConfig = z.infer<typeof section>;
