import type { PodParts } from "./beside";
import type { ContainerArgs } from "./container";

/** Whom a workload's pods keep away from. (R3) */
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
 * How a workload uses nodes that their cloud may take back at two minutes' notice, where its cluster has such. What does not
 * say so never lands on one. (C4, 000, 001)
 */
export type SpotUse =
  /** 001's stateless AI compute: half of its pods, and on demand the base that stays. Never among 000's batch. */
  | "compute"
  /** 000's batch: there and nowhere else, so that it takes no room from what serves. */
  | "batch";

/** What a workload's pods are and where they go. */
export interface PodArgs extends ContainerArgs, PodParts {
  /** Labels of the pods beside `app`. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Secret of the namespace by which the image is pulled. @default none: its registry is open */
  readonly pullSecret?: string | undefined;
  /** Who goes first, and who makes room, when nodes run short. */
  readonly priority: "platform-critical" | "data-store" | "serving" | "batch";
  /** Nodes must have these labels. */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Nodes that have one of these labels are preferred. (001: compute-optimised nodes) */
  readonly preferNodes?: Readonly<Record<string, string>>;
  /** Nodes that have one of these labels are left alone. */
  readonly avoidNodes?: Readonly<Record<string, string>>;
  /** @default none: never on nodes that their cloud may take back */
  readonly spot?: SpotUse;
  /** Taints that the pods live with, beside the GPU's own. */
  readonly tolerations?: readonly Toleration[];
  /** @default "even" */
  readonly spread?: Spread;
  /**
   * Seconds that a pod has to finish what it is doing.
   * @default 60
   */
  readonly gracePeriodSeconds?: number;
}
