import { storedLabels } from "../../infra/observability/exposition";
import { judge, type Series } from "./expression";
import { exporters } from "./scraped";

/** What is known of a series of the exporters, and of those that rules record from them; undefined for what is neither. */
export function seriesOf(
  names: readonly string[],
  recordings: readonly { readonly record: string; readonly expr: string }[] = [],
): (metric: string) => Series | undefined {
  const known = new Map<string, Series>();
  for (const name of names) {
    const exporter = exporters[name];
    if (exporter === undefined) throw new Error(`there is no exporter ${name}`);
    for (const [metric, facts] of Object.entries(exporter.metrics)) {
      known.set(metric, { ...facts, labels: storedLabels(exporter, facts) });
    }
  }
  for (const { record, expr } of recordings) {
    const { labels = [] } = judge(expr, (metric) => known.get(metric));
    known.set(record, { labels });
  }
  return (metric) => known.get(metric);
}

const notation = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?$/;

/**
 * A series of a rule's situation with every label that it has in reality, those of its target included.
 *
 * @throws Error for a metric or a label that nothing yields
 */
export function completed(series: string, facts: (metric: string) => Series | undefined): string {
  const [, metric = series, given = ""] = notation.exec(series) ?? [];
  const labels = Object.fromEntries(
    [...given.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]),
  );
  const real = facts(metric);
  if (real === undefined) throw new Error(`nothing yields ${metric}`);
  const invented = Object.keys(labels).filter((label) => !real.labels.includes(label));
  if (invented.length > 0) throw new Error(`${metric} has no label ${invented.join(", ")}`);
  const all = Object.fromEntries(real.labels.map((label) => [label, labels[label] ?? `some-${label}`]));
  return `${metric}{${Object.entries(all)
    .map(([label, value]) => `${label}="${value}"`)
    .join(",")}}`;
}
