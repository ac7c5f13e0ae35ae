import type { EngineEvent } from "@pulumi/pulumi/automation";

export interface Violation {
  readonly policy: string;
  readonly enforcement: "advisory" | "mandatory";
  readonly resource: string;
  readonly message: string;
}

/** What one run of the engine said of itself: gathered from its events, never guessed. */
export class RunEvents {
  /** Resources by operation (`create`, `update`, `same`, ...). */
  changes: Readonly<Record<string, number>> = {};
  /** Resources that failed, as URNs. */
  readonly failed: string[] = [];
  readonly violations: Violation[] = [];
  /** Error diagnostics, once each, with terminal colours removed. */
  readonly errors = new Set<string>();
  /** Milliseconds since the epoch at which the engine first worked on a resource of the program. */
  firstResource: number | undefined;

  readonly record = (event: EngineEvent): void => {
    if (event.resourcePreEvent && this.firstResource === undefined) {
      this.firstResource = Date.now();
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
    if (event.diagnosticEvent?.severity === "error") {
      this.errors.add(plain(event.diagnosticEvent.message));
    }
  };

  /** How many resources the run changed, or a preview would change. */
  get changed(): number {
    return Object.entries(this.changes)
      .filter(([operation]) => operation !== "same" && operation !== "read")
      .reduce((sum, [, count]) => sum + count, 0);
  }
}

function numbers(changes: object): Record<string, number> {
  return Object.fromEntries(
    Object.entries(changes).filter(([, count]) => typeof count === "number" && count > 0),
  );
}

/** Engine messages carry colour directives such as `<{%fg 1%}>`. */
function plain(message: string): string {
  return message.replaceAll(/<\{%[^%]*%\}>/g, "").trim();
}
