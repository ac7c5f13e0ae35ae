import type { Labels, ObjectFacts } from "../facts/object";

/** An object as a lock file has it: without the labels that it shares with the others of its chart. */
export type LockedObject = ObjectFacts & {
  /** Chart, or part of one, whose labels in the header are this object's too. */
  readonly chart?: string;
};

export interface Shared {
  readonly labels: Readonly<Record<string, Labels>>;
  readonly objects: readonly LockedObject[];
}

/** Takes what all objects of a chart share out of their labels. */
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
 * Gives an object its chart's labels back.
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

/** `grafana` of `helm.sh/chart: grafana-12.11.1`: charts say in labels which one made an object. */
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
