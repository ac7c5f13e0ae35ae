import type { PodParts } from "./beside";
import type { ContainerArgs } from "./container";

/** How far a workload's pods keep away from each other. (R3) */
export type Spread =
  /** Never two on one node. */
  | "one-per-node"
  /** Over zones, and over nodes as evenly as there is room. */
  | "even";

/** Keeps a pod off nodes, or lets it onto them. */
export interface Toleration {
  readonly key: string;
  readonly operator: "Exists" | "Equal";
  readonly value?: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/**
 * How a workload uses spot nodes, which the cloud may take back at two minutes' notice. Without this setting a workload never
 * runs on one. (C4, 000, 001)
 */
export type SpotUse =
  /** 001's stateless AI compute: up to half of its pods, never on the nodes of 000's batch work. */
  | "compute"
  /** 000's batch work: on spot nodes only, so that it takes no room from what serves. */
  | "batch";

/** A workload's pods and their placement. */
export interface PodArgs extends ContainerArgs, PodParts {
  /** Labels of the pods beside `app`. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Secret of the namespace by which the image is pulled. @default none: its registry is open */
  readonly pullSecret?: string | undefined;
  /** Priority when nodes run short: which pods are placed first, and which are preempted. */
  readonly priority: "platform-critical" | "data-store" | "serving" | "batch";
  /** Nodes must have these labels. */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Nodes that have one of these labels are preferred. (001: compute-optimised nodes) */
  readonly preferNodes?: Readonly<Record<string, string>>;
  /** Nodes that have one of these labels are left alone. */
  readonly avoidNodes?: Readonly<Record<string, string>>;
  /** @default none: never on nodes that their cloud may take back */
  readonly spot?: SpotUse;
  /** Taints that the pods tolerate, beside the GPU's. */
  readonly tolerations?: readonly Toleration[];
  /** @default "even" */
  readonly spread?: Spread;
  /**
   * Seconds that a pod has to finish what it is doing.
   * @default 60
   */
  readonly gracePeriodSeconds?: number;
}
