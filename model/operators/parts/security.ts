import { z } from "zod";
import type { ContainerFacts } from "../../facts/pod";

/** Security context of a pod or a container, as Kubernetes has it. */
export const securityContext = z.object({
  runAsNonRoot: z.boolean().optional(),
  runAsUser: z.number().optional(),
  runAsGroup: z.number().optional(),
  fsGroup: z.number().optional(),
  readOnlyRootFilesystem: z.boolean().optional(),
  allowPrivilegeEscalation: z.boolean().optional(),
  privileged: z.boolean().optional(),
  capabilities: z
    .object({ drop: z.array(z.string()).optional(), add: z.array(z.string()).optional() })
    .optional(),
  seccompProfile: z.object({ type: z.string() }).optional(),
});

export type Security = NonNullable<ContainerFacts["security"]>;

export function securityOf(context: z.infer<typeof securityContext> | undefined): Security | undefined {
  if (context === undefined) return undefined;
  const { capabilities, seccompProfile, ...rest } = context;
  return { ...rest, drop: capabilities?.drop, add: capabilities?.add, seccomp: seccompProfile?.type };
}

/** What the strictest of Kubernetes' Pod Security Standards asks of a container. */
export const restricted: Security = {
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  drop: ["ALL"],
  seccomp: "RuntimeDefault",
};

export const restrictedReadOnly: Security = { ...restricted, readOnlyRootFilesystem: true };
