import { type Rules, selectIn } from "./rule";
import type { RequestMetrics } from "./services";

/** The objective: 99.9 % of a month's requests succeed. (001) */
export const objective = 0.999;

const budget = 1 - objective;

/** Windows over which errors are counted. */
export const windows = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"] as const;

type Window = (typeof windows)[number];

/**
 * How many times faster than allowed the month's budget is used; a short window tells that this continues.
 */
interface Burn {
  readonly factor: number;
  readonly long: Window;
  readonly short: Window;
}

/** 2 % of the budget in an hour, or 5 % in six: the person on call has to act at once. */
const fast: readonly Burn[] = [
  { factor: 14.4, long: "1h", short: "5m" },
  { factor: 6, long: "6h", short: "30m" },
];

/** 10 % in a day, or in three: needs attention in working hours. */
const slow: readonly Burn[] = [
  { factor: 3, long: "1d", short: "2h" },
  { factor: 1, long: "3d", short: "6h" },
];

/**
 * How fast a system's services use up the error budget of a 99.9 % objective. (O2)
 *
 * @see https://sre.google/workbook/alerting-on-slos/ (read 2026-11)
 */
export function objectiveRules({ requests }: RequestMetrics): Rules {
  return (scope) => {
    const select = selectIn(scope);
    const ratio = (window: Window) => select(`service:errors:ratio_rate${window}`);
    const burns = (all: readonly Burn[]) =>
      all
        .map(({ factor, long, short }) => {
          const limit = Number((factor * budget).toPrecision(3));
          return `(${ratio(long)} > ${limit} and ${ratio(short)} > ${limit})`;
        })
        .join(" or ");
    const service = `namespace="${scope.namespace}",container="a-service"`;
    const traffic = (errors: string, all: string) => ({
      [`${requests}{${service},status="200"}`]: all,
      [`${requests}{${service},status="500"}`]: errors,
    });
    return {
      name: "objectives",
      recordings: windows.map((window) => ({
        record: `service:errors:ratio_rate${window}`,
        expr: `sum_over_time(${select("service:errors:rate5m")}[${window}]) / (sum_over_time(${select("service:requests:rate5m")}[${window}]) > 0)`,
      })),
      alerts: [
        {
          alert: "ErrorBudgetBurnFast",
          expr: burns(fast),
          for: "2m",
          severity: "critical",
          summary: "{{ $labels.namespace }}/{{ $labels.container }} will soon have used up its errors",
          description:
            "{{ $value | humanizePercentage }} of the requests fail: at this rate the month's 0.1 % are gone within days.",
          dashboard: "sla",
          fires: { series: traffic("0+20x90", "0+980x90"), at: "80m" },
          quiet: { series: traffic("0+4x90", "0+996x90"), at: "80m" },
        },
        {
          alert: "ErrorBudgetBurnSlow",
          expr: burns(slow),
          for: "15m",
          severity: "warning",
          summary: "{{ $labels.namespace }}/{{ $labels.container }} uses up its errors before the month ends",
          description:
            "{{ $value | humanizePercentage }} of the requests fail; over a month 0.1 % are allowed.",
          dashboard: "sla",
          fires: { series: traffic("0+4x180", "0+996x180"), at: "3h" },
          quiet: { series: traffic("0+0.5x180", "0+999.5x180"), at: "3h" },
        },
      ],
    };
  };
}
