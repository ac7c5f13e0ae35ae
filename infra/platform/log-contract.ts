import { mainNamespace } from "../cluster/namespaces";
import { type Site, systemsAt } from "../kit/site";
import type { Placed } from "../systems/system";

/** The field that Fluent Bit adds to a line that breaks the contract: what is wrong with it. */
export const faultField = "log_fault";

/** Counts lines that break the contract, by {@link faultField} and by `log_service`, the container that wrote them. */
export const faultyLines = "log_metric_counter_faulty_lines";

/** Port on which Fluent Bit shows what it counted. */
export const countedPort = 2021;

/** Tag of the counts on their way from the filter to the exporter. */
const countsTag = "log_contract";

type Setting = readonly [key: string, value: string];

/** A section of Fluent Bit's configuration. */
export interface Section {
  readonly kind: "FILTER" | "OUTPUT";
  readonly settings: readonly Setting[];
}

/** Whether a system runs here whose lines have a contract. */
export function hasLogContract(site: Site): boolean {
  return contractedAt(site).length > 0;
}

/** The systems here whose lines must have certain fields. */
function contractedAt(site: Site): readonly Placed[] {
  return systemsAt(site).filter(({ logs }) => logs?.fields !== undefined);
}

/**
 * Looks at every line of the systems that have a contract: one that lacks a field, or is no JSON at all, is marked and counted, and
 * goes on to Loki like any other. (004)
 *
 * @see https://docs.fluentbit.io/manual/data-pipeline/filters/log_to_metrics
 */
export function logContract(site: Site): readonly Section[] {
  if (!hasLogContract(site)) return [];
  return [
    ...contractedAt(site).flatMap((system) => filtersOf(system, site)),
    {
      kind: "OUTPUT",
      settings: [
        ["Name", "prometheus_exporter"],
        ["Match", countsTag],
        ["Host", "0.0.0.0"],
        ["Port", String(countedPort)],
      ],
    },
  ];
}

function filtersOf(system: Placed, { environment }: Site): readonly Section[] {
  const lines = `kube.*_${mainNamespace(system, environment)}_*`;
  return [
    ...(system.logs?.fields ?? []).map((field) => mark(lines, ["Key_does_not_exist", field], `no_${field}`)),
    // What was JSON has become fields, and then there is no whole line left. This mark is set last: it explains the others.
    mark(lines, ["Key_exists", "log"], "no_json"),
    {
      kind: "FILTER",
      settings: [
        ["Name", "log_to_metrics"],
        ["Match", lines],
        ["Tag", countsTag],
        ["metric_mode", "counter"],
        ["metric_name", "faulty_lines"],
        ["metric_description", "Lines that are no JSON, or lack a field that they must have"],
        ["regex", `${faultField} .+`],
        ["label_field", faultField],
        ["add_label", "log_service $kubernetes['container_name']"],
      ],
    },
  ];
}

function mark(lines: string, [condition, key]: readonly [string, string], fault: string): Section {
  return {
    kind: "FILTER",
    settings: [
      ["Name", "modify"],
      ["Match", lines],
      ["Condition", `${condition} ${key}`],
      ["Set", `${faultField} ${fault}`],
    ],
  };
}
