import { z } from "zod";
import type { ClaimFacts } from "../../facts/object";

const defaultModes = ["ReadWriteOnce"];

const claimSpec = z.object({
  storageClassName: z.string().optional(),
  accessModes: z.array(z.string()).optional(),
  resources: z.object({ requests: z.object({ storage: z.string() }) }),
});

/** A claim template as StatefulSets and custom resources have it. */
export const claimTemplate = z.object({
  metadata: z.object({ name: z.string().optional() }).optional(),
  spec: claimSpec,
});

export function claimOf(name: string, { spec }: z.infer<typeof claimTemplate>): ClaimFacts {
  return {
    name,
    class: spec.storageClassName,
    size: spec.resources.requests.storage,
    modes: spec.accessModes ?? defaultModes,
  };
}

/** Claims of a list, each of which carries its name. */
export function claimsOf(templates: readonly z.infer<typeof claimTemplate>[]): ClaimFacts[] {
  return templates.map((template) => claimOf(template.metadata?.name ?? "", template));
}
