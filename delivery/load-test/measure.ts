import { targets } from "./targets";

/** What users saw. */
export interface Measured {
  /** Users who were at work at once. */
  readonly users: number;
  /** Seconds of each answer, in no order. */
  readonly seconds: readonly number[];
  /** Answers that were errors, and requests that got none. */
  readonly errors: number;
  /** Seconds by which 99 % of this machine's own steps were late at most: what it adds to every figure. */
  readonly ownDelaySeconds: number;
  /** WebSockets that were open at the end, of those that were wanted. */
  readonly webSockets?: { readonly open: number; readonly wanted: number } | undefined;
}

/** A figure beside what is promised. */
export interface Verdict {
  readonly figure: string;
  readonly found: string;
  readonly promised: string;
  readonly kept: boolean;
}

/** Holds figures to the promises. Nothing that was not measured is kept. */
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
    // Figures of a machine that cannot keep up tell of it, and not of the stack.
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

/** Seconds: a quarter of what is promised on average. */
const ownDelayLimit = 0.1;

/** The value below which a share of sorted values lies; not a number when there are none. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
