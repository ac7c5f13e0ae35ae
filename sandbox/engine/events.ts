import type { EngineEvent } from "@pulumi/pulumi/automation";

export interface Violation {
  readonly policy: string;
  readonly enforcement: "advisory" | "mandatory";
  readonly resource: string;
  readonly message: string;
}

/** Operations after which a resource is what it was before. */
const unchanging: ReadonlySet<string> = new Set(["same", "read", "refresh"]);

/** The engine tells of a replacement as such, and of both its halves. */
const partsOfReplacement: ReadonlySet<string> = new Set(["create-replacement", "delete-replaced"]);

/** Severities of notes. The engine has `debug`, too, which no type tells of. */
const noted: ReadonlySet<string> = new Set(["info", "info#err", "warning"]);

/** What one run of the engine said of itself: gathered from its events, never guessed. */
export class RunEvents {
  /** Resources by operation (`create`, `update`, `same`, ...). */
  changes: Readonly<Record<string, number>> = {};
  /** URNs of the resources that were not left as they were, each with its operation (`create`, `update`, `replace`, ...). */
  readonly operations = new Map<string, string>();
  /** Resources that failed, as URNs. */
  readonly failed: string[] = [];
  readonly violations: Violation[] = [];
  /** Error diagnostics, once each, with terminal colours removed. */
  readonly errors = new Set<string>();
  /** Warnings and notes that stay, once each. What a step only shows while it is under way is not among them. */
  readonly notes = new Set<string>();
  /** Milliseconds after the start of this process at which the engine first worked on a resource of the program. */
  firstResource: number | undefined;

  readonly record = (event: EngineEvent): void => {
    if (event.resourcePreEvent && this.firstResource === undefined) {
      this.firstResource = performance.now();
    }
    const step = event.resourcePreEvent?.metadata;
    if (step !== undefined && !partsOfReplacement.has(step.op) && !unchanging.has(step.op)) {
      this.operations.set(step.urn, step.op);
    }
    if (event.summaryEvent) {
      this.changes = numbers(event.summaryEvent.resourceChanges);
    }
    if (event.resOpFailedEvent) {
      this.failed.push(event.resOpFailedEvent.metadata.urn);
    }
    if (event.policyEvent) {
      this.violations.push({
        policy: event.policyEvent.policyName,
        enforcement: event.policyEvent.enforcementLevel === "mandatory" ? "mandatory" : "advisory",
        resource: event.policyEvent.resourceUrn ?? "",
        message: plain(event.policyEvent.message),
      });
    }
    const { severity, message = "", ephemeral } = event.diagnosticEvent ?? {};
    if (severity === "error") this.errors.add(plain(message));
    else if (severity !== undefined && noted.has(severity) && !ephemeral) this.notes.add(plain(message));
  };

  /** Whether a policy stops the run: then the engine names no error of its own. */
  get stoppedByPolicy(): boolean {
    return this.violations.some(({ enforcement }) => enforcement === "mandatory");
  }

  /** How many resources the run changed, or a preview would change. */
  get changed(): number {
    return Object.entries(this.changes)
      .filter(([operation]) => !unchanging.has(operation))
      .reduce((sum, [, count]) => sum + count, 0);
  }
}

function numbers(changes: object): Record<string, number> {
  return Object.fromEntries(
    Object.entries(changes).filter(([, count]) => typeof count === "number" && count > 0),
  );
}

/** Engine messages carry colour directives such as `<{%fg 1%}>`. */
export function plain(message: string): string {
  return message.replaceAll(/<\{%[^%]*%\}>/g, "").trim();
}
