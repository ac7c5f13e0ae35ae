import type { EngineEvent } from "@pulumi/pulumi/automation";
import { plain } from "./events";
import { logicalName } from "./state";

interface Step {
  readonly name: string;
  readonly since: number;
  /** What it waits for, as its provider says. */
  waits: string;
}

/** The step at work for longer than this is worth a line, in seconds. */
const long = 3;

/** How far a run of the engine is: told by its events, shown as lines. */
export class Steps {
  private readonly atWork = new Map<string, Step>();
  private done = 0;
  private readonly started: number;

  constructor(
    private readonly title: string,
    private readonly now: () => number = () => performance.now() / 1000,
  ) {
    this.started = now();
  }

  readonly record = ({
    resourcePreEvent,
    resOutputsEvent,
    resOpFailedEvent,
    diagnosticEvent,
  }: EngineEvent): void => {
    if (resourcePreEvent !== undefined) {
      const { urn, type } = resourcePreEvent.metadata;
      this.atWork.set(urn, { name: `${kindOf(type)} ${logicalName(urn)}`, since: this.now(), waits: "" });
    }
    const ended = resOutputsEvent?.metadata.urn ?? resOpFailedEvent?.metadata.urn;
    if (ended !== undefined && this.atWork.delete(ended)) this.done += 1;
    const step = this.atWork.get(diagnosticEvent?.urn ?? "");
    if (step !== undefined && diagnosticEvent !== undefined) step.waits = plain(diagnosticEvent.message);
  };

  /** One line for the whole run, and one for each step that takes long, the longest first; at most so many together. */
  lines(most: number): readonly string[] {
    const now = this.now();
    const slow = [...this.atWork.values()]
      .filter(({ name, since }) => !name.startsWith("component ") && now - since >= long)
      .sort((one, other) => one.since - other.since);
    const shown = slow.slice(0, Math.max(most - 1, 0));
    const more = slow.length > shown.length ? `, ${slow.length - shown.length} more of them wait` : "";
    return [
      `${this.title}: ${this.done} done, ${this.atWork.size} at work, ${Math.round(now - this.started)} s${more}`,
      ...shown.map(({ name, since, waits }) => {
        return `  ${String(Math.round(now - since)).padStart(4)} s  ${name}${waits === "" ? "" : `: ${waits}`}`;
      }),
    ];
  }
}

/** `Deployment` of `kubernetes:apps/v1:Deployment`; components end last, with all that is in them. */
function kindOf(type: string): string {
  return type.startsWith("ai-platform:") || type.startsWith("pulumi:pulumi:")
    ? "component"
    : (type.split(":").at(-1) ?? type);
}
