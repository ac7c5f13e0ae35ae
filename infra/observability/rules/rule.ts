import { team } from "../../cluster/namespaces";
import type { Links } from "../links";
import { nameOf, type Owner, type Scope } from "../scope";

/** `critical`: the person on call is called, at night too; `warning`: read in working hours. */
export type Severity = "critical" | "warning";

/** What there is at some moment, in the notation of promtool. An alert's two situations are its unit test. */
export interface Situation {
  /** Series by name and labels: one value a minute, such as `0+10x20` for twenty steps of ten. */
  readonly series: Readonly<Record<string, string>>;
  /** The moment, from the beginning of the series: `10m`. */
  readonly at: string;
}

/** An alert, and how one sees that it works. */
export interface Alert {
  /** Its name, and that of its runbook: `docs/runbooks/NAME.md`. */
  readonly alert: string;
  readonly expr: string;
  /** How long it has to be so. */
  readonly for: string;
  /** In production; elsewhere no one is called at night. */
  readonly severity: Severity;
  /** In a line, with the labels of what it is about. */
  readonly summary: string;
  /** What is the case, with its value. */
  readonly description: string;
  /** The dashboard on which one sees more, by the last part of its address. */
  readonly dashboard: string;
  /** A situation in which it fires, once. */
  readonly fires: Situation;
  /** The same without what makes it fire. */
  readonly quiet: Situation;
}

/** A series that is worked out once, and used by others. */
export interface Recording {
  /** `level:metric:operations`. */
  readonly record: string;
  readonly expr: string;
}

/** Rules that are evaluated one after the other: recordings before the alerts on them. */
export interface RuleGroup {
  readonly name: string;
  readonly recordings?: readonly Recording[];
  readonly alerts: readonly Alert[];
}

/** Rules of one concern, for everything in a scope. */
export type Rules = (scope: Scope) => RuleGroup;

/** The selector of a metric in a scope, with more matchers where it needs them. */
export function selectIn(scope: Scope): (metric: string, ...matchers: readonly string[]) => string {
  return (metric, ...matchers) => `${metric}{${[scope.matcher, ...matchers].join(",")}}`;
}

/** A group as Prometheus takes it. */
export interface RenderedGroup {
  readonly name: string;
  readonly rules: readonly object[];
}

/**
 * A group in Prometheus' form, its alerts labelled with their receivers and linked to their runbooks. (O2)
 */
export function render(group: RuleGroup, scope: Scope, links: Links): RenderedGroup {
  return {
    name: `${nameOf(scope)}-${group.name}`,
    rules: [
      ...(group.recordings ?? []),
      ...group.alerts.map((each) => ({
        alert: each.alert,
        expr: each.expr,
        for: each.for,
        labels: labelsOf(each, scope),
        annotations: {
          summary: each.summary,
          description: each.description,
          runbook_url: links.runbook(each.alert),
          dashboard_url: links.dashboard(each.dashboard),
          ...(labelsOf(each, scope).severity === "critical" &&
            links.onCall !== undefined && { on_call_url: links.onCall }),
        },
      })),
    ],
  };
}

/** The labels that an alert has beside those of its series. */
export function labelsOf(
  { severity }: Alert,
  { owner, environment }: Scope,
): {
  readonly severity: Severity;
  readonly team: string;
  readonly system: Owner;
  readonly environment: string;
} {
  return {
    severity: environment === "production" ? severity : "warning",
    team,
    system: owner,
    environment,
  };
}
