import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

/** Pulumi hands a program encrypted values in clear: each becomes a secret again before anything else can see it. */
const secretValue = z
  .string()
  .min(1)
  .transform((text) => pulumi.secret(text))
  .meta({ writeOnly: true });

/** Values that people give to the stack, by bundle and key: every key of source `stack`. */
export const secretsSchema = z
  .record(z.string(), z.record(z.string(), secretValue))
  .default({})
  .describe(
    "Secrets that people give to the stack, by bundle and key, each encrypted: `pulumi config set --secret --path 'ai-platform:secrets.BUNDLE.KEY'`. [The bundles](secrets.md) say which; the program names every missing one with the command that sets it. (P6, 003, 004)",
  )
  .meta({ writeOnly: true });

/** Bundles whose generated values are rotated before they are due. */
export const rotateSchema = z
  .record(
    z.string(),
    z
      .string()
      .min(1)
      .meta({ examples: ["2026-12-01"] }),
  )
  .default({})
  .describe(
    "Rotates the generated values of a bundle now, before they are due: any new text, for example today's date, by bundle. (002)",
  )
  .meta({ examples: [{ "jwt-secrets": "2026-12-01" }] });
