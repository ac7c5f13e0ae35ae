import { z } from "zod";

/** What a stack is for. It names the namespaces and sizes their quotas (000, 002). */
export const environmentSchema = z.enum(["development", "staging", "production"]);

/** What a stack is for. */
export type Environment = z.infer<typeof environmentSchema>;
