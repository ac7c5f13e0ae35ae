import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** Facts of published charts, kept beside the repository; without them these tests have nothing to compare with. */
const folder = join(__dirname, "../../../shared/charts");

const entry = z.object({
  chart: z.string(),
  name: z.string().nullable(),
  repository: z.string(),
  version: z.string(),
  images: z.array(z.string()).optional(),
  valuesSchema: z.string().nullish(),
});

/** What is known of one chart. */
export type ChartFacts = z.infer<typeof entry>;

export const factsAreHere = existsSync(join(folder, "index.json"));

const all: readonly ChartFacts[] = factsAreHere
  ? z.array(entry).parse(JSON.parse(readFileSync(join(folder, "index.json"), "utf8")))
  : [];

/** The facts of a chart in one version; undefined when nobody wrote them down. */
export function factsOf(name: string, version: string): ChartFacts | undefined {
  return all.find((facts) => facts.name === name && facts.version === version);
}

/** Paths without a default that templates read in ways which the facts do not show; by chart. */
const readIndirectly: Readonly<Record<string, readonly string[]>> = {
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
};

/** The paths of values that a chart reads. */
export class ValuePaths {
  /** Paths that have a default: true where that is an empty object or nothing, below which anything goes. */
  private readonly defaults = new Map<string, boolean>();
  /** Paths that have no default but are read. */
  private readonly extras = new Set<string>();

  constructor({ chart }: Pick<ChartFacts, "chart">) {
    for (const line of linesOf(`${chart}.values.txt`)) {
      const [, path, value] = /^(.+?) = (.*)$/.exec(line) ?? [];
      if (path !== undefined && value !== undefined) this.defaults.set(path, /^(\{\}|null)$/.test(value));
    }
    for (const line of linesOf(`${chart}.extra-keys.txt`)) this.extras.add(line.replace(/ \(.*\)$/, ""));
    for (const path of readIndirectly[chart] ?? []) this.extras.add(path);
  }

  /** Whether the chart reads a value at the path, given as its steps. */
  reads(steps: readonly string[]): boolean {
    const prefixes = steps.map((_, index) => keyOf(steps.slice(0, index + 1)));
    return prefixes.some(
      (path, index) =>
        this.extras.has(path) ||
        this.defaults.get(path) === true ||
        (index === steps.length - 1 && this.defaults.has(path)) ||
        (isOpen.has(steps[index] ?? "") && this.hasBelow(path)),
    );
  }

  /** Whether the chart has a top-level value of the name. */
  hasTopLevel(name: string): boolean {
    return this.extras.has(name) || this.defaults.has(name) || this.hasBelow(name);
  }

  private hasBelow(path: string): boolean {
    return [...this.defaults.keys(), ...this.extras].some((known) => known.startsWith(`${path}.`));
  }
}

/**
 * Parts of Kubernetes' own objects, maps of free names, and whatever a chart hands to its software as it is: whatever their
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

function keyOf(steps: readonly string[]): string {
  return steps.map((step) => (step.includes(".") ? `"${step}"` : step)).join(".");
}

function linesOf(file: string): readonly string[] {
  const path = join(folder, file);
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
}
