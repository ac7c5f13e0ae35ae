import type { LabelSelector } from "../primitives/labels";
import type { KubernetesObject } from "../sandbox/api-server/object";

/** The parts of Kubernetes' objects that drills look at. */

export interface Pod extends KubernetesObject {
  readonly spec: {
    readonly nodeName?: string;
    readonly priorityClassName?: string;
    readonly volumes?: readonly { readonly persistentVolumeClaim?: { readonly claimName: string } }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
  };
}

export const workloadKinds = ["Deployment", "StatefulSet"] as const;

/** Pods that are alike, and how many of them there should be. */
export interface Replicated extends KubernetesObject {
  readonly kind: string;
  readonly spec: { readonly replicas?: number; readonly selector: LabelSelector };
}

export interface Workload extends Replicated {
  readonly kind: (typeof workloadKinds)[number];
  readonly spec: Replicated["spec"] & {
    readonly strategy?: {
      readonly type?: string;
      readonly rollingUpdate?: { readonly maxUnavailable?: number | string };
    };
    readonly template: { readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> } };
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message?: string;
    }[];
  };
}

export interface DisruptionBudget extends KubernetesObject {
  readonly spec: { readonly selector?: LabelSelector };
  readonly status?: {
    readonly currentHealthy: number;
    readonly desiredHealthy: number;
    readonly expectedPods: number;
    /** Pods, by their names, that were evicted and have not been seen to go. */
    readonly disruptedPods?: Readonly<Record<string, string>>;
  };
}

export interface Autoscaler extends KubernetesObject {
  readonly spec: {
    readonly maxReplicas: number;
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
    readonly behavior?: {
      readonly scaleUp?: {
        readonly stabilizationWindowSeconds?: number;
        readonly policies?: readonly {
          readonly type: "Percent" | "Pods";
          readonly value: number;
        }[];
      };
    };
  };
}

/** `Deployment atlas/api`, as people read it. */
export function titleOf({ kind, metadata }: Pick<KubernetesObject, "kind" | "metadata">): string {
  return `${kind ?? "Pod"} ${metadata.namespace}/${metadata.name}`;
}

/** Running, Ready and not on its way out: what a Service would send requests to. */
export function isServing({ metadata, status }: Pod): boolean {
  return (
    metadata.deletionTimestamp === undefined &&
    status?.phase === "Running" &&
    status.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") === true
  );
}

/** Ended, well or not: it holds nothing any more. */
export function hasEnded({ status }: Pod): boolean {
  return status?.phase === "Succeeded" || status?.phase === "Failed";
}

/** The scheduler has looked for a node and found none. */
export function isUnschedulable(pod: Pod): boolean {
  return (
    pod.spec.nodeName === undefined &&
    pod.metadata.deletionTimestamp === undefined &&
    pod.status?.conditions?.some(
      ({ type, status, reason }) =>
        type === "PodScheduled" && status === "False" && reason === "Unschedulable",
    ) === true
  );
}

export function isOwnedBy({ metadata }: KubernetesObject, kind: string): boolean {
  return metadata.ownerReferences?.some((owner) => owner.kind === kind) === true;
}
