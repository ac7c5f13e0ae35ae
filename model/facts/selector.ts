import { z } from "zod";

/** An expression of a label selector, or of a node's selection. */
export const requirement = z.strictObject({
  key: z.string(),
  /** `In`, `NotIn`, `Exists`, `DoesNotExist`; of nodes also `Gt`, `Lt`. */
  operator: z.string(),
  values: z.array(z.string()).optional(),
});
