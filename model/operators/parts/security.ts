import type { ContainerFacts } from "../../facts/pod";

export type Security = NonNullable<ContainerFacts["security"]>;

/** What the strictest of Kubernetes' Pod Security Standards demands of a container. */
export const restricted: Security = {
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  drop: ["ALL"],
  seccomp: "RuntimeDefault",
};

export const restrictedReadOnly: Security = { ...restricted, readOnlyRootFilesystem: true };
