/** A rank among pods: who waits, and who makes room, when nodes run short. */
export interface PriorityDeclaration {
  readonly name: string;
  /** Higher goes first. Pods without a class have 0; the autoscaler starts no nodes for pods below -10. */
  readonly value: number;
  /** Whether waiting pods of the class may evict pods of lower ones. */
  readonly preempts: boolean;
  readonly description: string;
}

/**
 * Kubernetes' own rank of what each node has one of: agents have no other node to go to, so that whatever is there makes room.
 */
export const nodeAgentPriority = "system-node-critical";

/** The ranks, highest first. Kubernetes' own `system-*` classes stand above them all, from 2,000,000,000 on. */
export const priorities: readonly PriorityDeclaration[] = [
  {
    name: "platform-critical",
    value: 1_000_000,
    preempts: true,
    description:
      "Ingress, certificates, policy, DNS and autoscaling of the platform: nothing else works without them.",
  },
  {
    name: "data-store",
    value: 900_000,
    preempts: true,
    description: "Databases, queues and caches: a replica that cannot come back costs a quorum.",
  },
  {
    name: "serving",
    value: 500_000,
    preempts: true,
    description: "Whatever answers users, inference included.",
  },
  {
    name: "batch",
    value: -5,
    preempts: false,
    description:
      "Training, rebuilds and other work that can wait. Below pods of no class, above the autoscaler's cut-off of -10, and never a reason to evict anybody.",
  },
];
