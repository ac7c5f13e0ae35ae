/** Paths of values without a default that templates read in ways which no list of facts shows; by the chart's published name. */
const readIndirectly: Readonly<Record<string, readonly string[]>> = {
  "cert-manager": [
    "topologySpreadConstraints",
    "cainjector.topologySpreadConstraints",
    "webhook.topologySpreadConstraints",
  ],
  loki: ["loki.storage.bucketNames"],
  "nginx-ingress": [
    "controller.image.tag",
    "controller.podDisruptionBudget.maxUnavailable",
    "controller.priorityClassName",
    "controller.service.allocateLoadBalancerNodePorts",
    "controller.service.httpPort.nodePort",
    "controller.service.httpsPort.nodePort",
    "controller.service.loadBalancerClass",
    "controller.topologySpreadConstraints",
  ],
  // The server's whole file.
  qdrant: ["config.storage"],
};

/** Where a path is added that a chart reads though no list shows it. */
export const knownByHand = "readIndirectly of test/charts/value-paths.ts";

/** What a chart does with values, path by path; keys that hold a dot are quoted. */
export interface ReadPaths {
  /** Paths that have a default. */
  readonly defaults: readonly string[];
  /** Paths whose default is an empty object or nothing: below them anything goes. */
  readonly open: readonly string[];
  /** Paths that have no default but are read. */
  readonly extras: readonly string[];
}

/** The steps to a value: `["webhook", "replicaCount"]`. */
export type Steps = readonly string[];

/** The paths of values that a chart reads. */
export class ValuePaths {
  private readonly defaults: ReadonlySet<string>;
  private readonly open: ReadonlySet<string>;
  private readonly extras: ReadonlySet<string>;

  constructor(chart: string, { defaults, open, extras }: ReadPaths) {
    this.defaults = new Set(defaults);
    this.open = new Set(open);
    this.extras = new Set([...extras, ...(readIndirectly[chart] ?? [])]);
  }

  /** Whether the chart reads a value at the path. */
  reads(steps: Steps): boolean {
    return prefixes(steps).some(
      (path, index) =>
        this.extras.has(path) ||
        this.open.has(path) ||
        (index === steps.length - 1 && this.defaults.has(path)) ||
        (isOpen.has(steps[index] ?? "") && this.below(path) !== undefined),
    );
  }

  /** Whether the chart has a top-level value of the name. */
  hasTopLevel(name: string): boolean {
    const known = [this.defaults, this.open, this.extras].some((paths) => paths.has(name));
    return known || this.below(name) !== undefined;
  }

  /** Those paths alone by which the same is said of these values. */
  onlyFor(values: readonly Steps[]): ReadPaths {
    const all = values.flatMap(prefixes);
    const children = values.flatMap((steps) =>
      prefixes(steps).flatMap((path, index) =>
        isOpen.has(steps[index] ?? "") ? (this.below(path) ?? []) : [],
      ),
    );
    const asked = new Set([...all, ...children]);
    const whole = new Set([...values.map(keyOf), ...children]);
    const open = [...this.open].filter((path) => asked.has(path));
    return {
      defaults: [...this.defaults].filter((path) => whole.has(path) && !this.open.has(path)).sort(),
      open: open.sort(),
      extras: [...this.extras].filter((path) => asked.has(path)).sort(),
    };
  }

  /** The first path below another one. */
  private below(path: string): string | undefined {
    return [...this.defaults, ...this.open, ...this.extras].find((known) => known.startsWith(`${path}.`));
  }
}

/**
 * Parts of Kubernetes' own objects, maps of free names, and what a chart hands to its software as it is: whatever their
 * default shows, they take more.
 */
const isOpen: ReadonlySet<string> = new Set([
  "affinity",
  "annotations",
  "configuration",
  "containerSecurityContext",
  "entries",
  "env",
  "extraArgs",
  "initContainerResources",
  "grafana.ini",
  "labels",
  "limits",
  "limits_config",
  "nodeSelector",
  "params",
  "cm",
  "podAnnotations",
  "podSecurityContext",
  "rbac",
  "requests",
  "resources",
  "scanJobPodTemplateContainerSecurityContext",
  "securityContext",
  "trace",
]);

/** The path itself and those above it, the shortest first. */
function prefixes(steps: Steps): readonly string[] {
  return steps.map((_, index) => keyOf(steps.slice(0, index + 1)));
}

function keyOf(steps: Steps): string {
  return steps.map((step) => (step.includes(".") ? `"${step}"` : step)).join(".");
}
