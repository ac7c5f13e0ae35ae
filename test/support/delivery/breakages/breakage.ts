import type { Objects } from "../planned-cluster";

export interface Breakage {
  readonly row: string;
  readonly how: string;
  readonly objects: () => Objects;
  /** What the report must name. */
  readonly names: string;
  readonly figure?: number;
}
