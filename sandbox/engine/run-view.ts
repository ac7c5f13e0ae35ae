import type { EngineEvent } from "@pulumi/pulumi/automation";
import { Redrawn } from "../../cli/redrawn";
import type { Reporter } from "../../cli/reporter";
import { Steps } from "./steps";

/** Shows people a run of the engine while it is under way. */
export interface RunView {
  readonly record: (event: EngineEvent) => void;
  /** Takes a line of the engine's. */
  readonly write: (text: string) => void;
  readonly end: () => void;
}

/** Lines of the view at the most. */
const most = 12;

/**
 * Where lines may be drawn over again, how far the run is and what it waits for. Elsewhere, and for a plan, which is what its
 * reader wants to see, a line for each resource.
 */
export function showRun(title: string, isPlan: boolean, reporter: Reporter): RunView {
  const { terminal } = reporter;
  if (terminal === undefined || isPlan) {
    return {
      record: () => undefined,
      write: (text) => process.stdout.write(text),
      end: () => undefined,
    };
  }
  const steps = new Steps(title);
  let redrawn: Redrawn | undefined;
  return {
    record: (event) => {
      steps.record(event);
      redrawn ??= new Redrawn(terminal, () => steps.lines(most));
    },
    write: () => undefined,
    end: () => redrawn?.vanish(),
  };
}
