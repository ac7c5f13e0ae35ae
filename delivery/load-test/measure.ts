import { targets } from "./targets";

/** What users saw. */
export interface Measured {
  /** Users who were active at the same time. */
  readonly users: number;
  /** Seconds of each answer, unsorted. */
  readonly seconds: readonly number[];
  /** Answers with an error status, and requests without an answer. */
  readonly errors: number;
  /** 99 % of this machine's own steps were late by at most so many seconds: what it adds to every figure. */
  readonly ownDelaySeconds: number;
  /** WebSockets that were open at the end, and how many were wanted. */
  readonly webSockets?: { readonly open: number; readonly wanted: number } | undefined;
}

/** A measured figure with its target. */
export interface Verdict {
  readonly figure: string;
  readonly found: string;
  readonly promised: string;
  readonly kept: boolean;
}

/** Compares figures with the targets. A figure that was not measured fails. */
export function judge(
  { users, seconds, errors, ownDelaySeconds, webSockets }: Measured,
  wantedUsers: number,
): readonly Verdict[] {
  const sorted = seconds.toSorted((left, right) => left - right);
  const all = seconds.length + errors;
  const average = seconds.reduce((sum, one) => sum + one, 0) / seconds.length;
  const timed = (figure: string, found: number, limit: number): Verdict => ({
    figure,
    found: Number.isFinite(found) ? `${Math.round(found * 1000)} ms` : "no answer",
    promised: `below ${limit * 1000} ms`,
    kept: found < limit,
  });
  const rate = all === 0 ? 1 : errors / all;
  return [
    {
      figure: "users at once",
      found: String(users),
      promised: String(wantedUsers),
      kept: users >= wantedUsers,
    },
    timed("average", average, targets.averageSeconds),
    timed("95th percentile", quantile(sorted, 0.95), targets.p95Seconds),
    timed("99th percentile", quantile(sorted, 0.99), targets.p99Seconds),
    {
      figure: "errors",
      found: `${errors} of ${all}`,
      promised: `below ${targets.errorRate * 100} %`,
      kept: rate < targets.errorRate,
    },
    // Figures from an overloaded machine describe the machine, not the stack.
    timed("delay of this machine", ownDelaySeconds, ownDelayLimit),
    ...(webSockets
      ? [
          {
            figure: "WebSockets open",
            found: String(webSockets.open),
            promised: String(webSockets.wanted),
            kept: webSockets.open >= webSockets.wanted,
          },
        ]
      : []),
  ];
}

/** Seconds: a quarter of the average target. */
const ownDelayLimit = 0.1;

/** The value below which a share of sorted values lies; NaN when there are none. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
