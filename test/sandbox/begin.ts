import { beginRun } from "./run-folder";

/** Before the first test of a run of the suite. */
export default function begin(): void {
  beginRun();
}
