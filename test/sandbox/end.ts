import { removeRun, runFolder } from "./run-folder";

/** After the last test of a run of the suite, however the tests ended. */
export default function end(): void {
  removeRun(runFolder());
}
