/**
 * What makes Prometheus read an exporter: a release, with the value that switches its monitor on where it has one; or
 * monitors of this program's own, told by a label that they select pods by, and by its value or the value's end.
 */
export type Scrape =
  | { readonly release: string; readonly when?: string }
  | { readonly selects: string; readonly value?: string; readonly ending?: string };

/** A metric as its exporter writes it down. */
export interface Metric {
  readonly type: "counter" | "gauge" | "histogram";
  /** The exporter's own labels, before Prometheus adds those of the target. */
  readonly labels: readonly string[];
  /** Labels whose values change with the metric's: each change is another series, and none of them ever changes. */
  readonly moving?: readonly string[];
  /** Whether 0 means that there is no value yet, and not a value: for example a moment in 1970. */
  readonly zeroIsNone?: boolean;
}

/** Labels that Prometheus adds to all that it reads of a target. */
export const targetLabels = {
  /** Of an endpoint of a Service, or of a pod: what the operator's monitors bring. */
  pod: ["job", "instance", "namespace", "pod", "container", "endpoint", "service"],
  /** Of a kubelet, which is no pod. */
  node: ["job", "instance", "endpoint", "service", "metrics_path", "node"],
} as const;

/** A source of metrics. */
export interface Exporter {
  readonly scrape: Scrape;
  /** @default "pod" */
  readonly target?: keyof typeof targetLabels;
  /**
   * Whether the exporter's own labels win over those of the target. Where they do not, they are stored as `exported_NAME`.
   * @default false
   */
  readonly honorsLabels?: boolean;
  /** Where the names and labels are from. */
  readonly source: string;
  /** The metrics that dashboards and rules may use, by the names that Prometheus stores them under. */
  readonly metrics: Readonly<Record<string, Metric>>;
}

/** A gauge with these labels. */
export function gauge(...labels: readonly string[]): Metric {
  return { type: "gauge", labels };
}

/** A counter with these labels. */
export function counter(...labels: readonly string[]): Metric {
  return { type: "counter", labels };
}

/** The three series of a histogram with these labels. */
export function histogram(name: string, ...labels: readonly string[]): Readonly<Record<string, Metric>> {
  return {
    [`${name}_bucket`]: { type: "histogram", labels: [...labels, "le"] },
    [`${name}_count`]: counter(...labels),
    [`${name}_sum`]: counter(...labels),
  };
}

/** The labels that a metric of an exporter has in Prometheus. */
export function storedLabels(
  { target = "pod", honorsLabels = false }: Exporter,
  metric: Metric,
): readonly string[] {
  const added: readonly string[] = targetLabels[target];
  const own = metric.labels.map((label) =>
    !honorsLabels && added.includes(label) ? `exported_${label}` : label,
  );
  return [...new Set([...own, ...added])];
}
