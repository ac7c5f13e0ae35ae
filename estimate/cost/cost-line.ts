import type { AtLevels } from "../levels";

/** What one thing costs a month, US dollars. */
export interface CostLine {
  /** The same in every plan that has the thing: two plans are compared by it. */
  readonly item: string;
  readonly usd: AtLevels;
}
