import type { Chart } from "./chart";

/** Software that is published as an image, without a chart, pinned, with why it was chosen. */
export interface Software extends Pick<Chart, "name" | "version" | "licence" | "reason" | "definitions"> {
  /** `registry/repository:tag`. */
  readonly image: string;
}
