import type { Labels, ObjectFacts } from "../facts/object";

/** An object in a lock file: without the labels that it shares with the others of its chart. */
export type LockedObject = ObjectFacts & {
  /** Chart, or part of one, whose labels in the header also belong to this object. */
  readonly chart?: string;
};

export interface Shared {
  readonly labels: Readonly<Record<string, Labels>>;
  readonly objects: readonly LockedObject[];
}

/** Moves the labels that all objects of a chart share into the header. */
export function shareLabels(objects: readonly ObjectFacts[]): Shared {
  const charts = new Set(objects.flatMap((object) => chartOf(object) ?? []));
  const labels = Object.fromEntries(
    [...charts].sort().flatMap((chart) => {
      const made = objects.filter((object) => chartOf(object) === chart);
      const common = intersection(made.map((object) => object.labels ?? {}));
      return made.length < 2 || Object.keys(common).length === 0 ? [] : [[chart, common]];
    }),
  );
  return {
    labels,
    objects: objects.map((object) => {
      const chart = chartOf(object);
      const common = chart === undefined ? undefined : labels[chart];
      return chart === undefined || common === undefined ? object : without(object, chart, common);
    }),
  };
}

/**
 * Restores an object's shared labels.
 *
 * @throws Error when the header has none for its chart
 */
export function withSharedLabels({ chart, ...object }: LockedObject, shared: Shared["labels"]): ObjectFacts {
  if (chart === undefined) {
    return object;
  }
  const common = shared[chart];
  if (common === undefined) {
    const known = Object.keys(shared).join(", ") || "none";
    throw new Error(`${object.kind} ${object.name}: chart is ${chart}; the header's labels are of ${known}`);
  }
  return { ...object, labels: { ...common, ...object.labels } };
}

/** `grafana` from `helm.sh/chart: grafana-12.11.1`: labels name the chart of an object. */
function chartOf({ labels }: ObjectFacts): string | undefined {
  const label = labels?.["helm.sh/chart"] ?? labels?.chart;
  return label?.replace(/-v?\d+\..*$/, "");
}

function intersection(all: readonly Labels[]): Labels {
  const [first = {}, ...others] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([key, value]) => others.every((labels) => labels[key] === value)),
  );
}

function without({ labels, ...rest }: ObjectFacts, chart: string, common: Labels): LockedObject {
  const own = Object.entries(labels ?? {}).filter(([key]) => !(key in common));
  return { ...rest, chart, ...(own.length === 0 ? {} : { labels: Object.fromEntries(own) }) };
}
