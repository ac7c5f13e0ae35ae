import { Release } from "@pulumi/kubernetes/helm/v3/release";
import type * as pulumi from "@pulumi/pulumi";
import type { Chart } from "./chart";
import { chartSource, imageValues } from "./mirror";
import { childOptions, type Site } from "./site";
import { type Values, withValue } from "./values";

/** Arguments of {@link helmRelease}. */
export interface HelmReleaseArgs {
  readonly site: Site;
  readonly chart: Chart;
  /** Namespace that the release is in; it has to be among the declared ones. */
  readonly namespace: string;
  /**
   * The release's name, from which most charts make their objects' names.
   * @default the chart's name
   */
  readonly releaseName?: string;
  /** Values beside those that name images: these are the catalogue's. */
  readonly values: Values;
  /**
   * Seconds until an installation that is not ready is given up and rolled back.
   * @default 600
   */
  readonly timeoutSeconds?: number;
}

const defaultTimeoutSeconds = 600;

/** Revisions that Helm keeps to roll back to. */
const keptRevisions = 5;

/**
 * A chart of the catalogue on a cluster: atomic, with its images pinned (through the stack's mirror if it has one), after
 * its namespace, its definitions and the other resources that it needs. (K7)
 */
export function helmRelease(
  name: string,
  { site, chart, namespace, values, ...args }: HelmReleaseArgs,
  parent: pulumi.Resource,
  ...after: readonly (pulumi.Resource | undefined)[]
): Release {
  const { mirror } = site.settings;
  const images = chart.images.flatMap((image) => Object.entries(imageValues(image, mirror)));
  return new Release(
    name,
    {
      name: args.releaseName ?? chart.name,
      namespace,
      ...chartSource(chart, mirror),
      values: images.reduce<Values>((all, [path, value]) => withValue(all, path, value), values),
      atomic: true,
      cleanupOnFail: true,
      waitForJobs: true,
      timeout: args.timeoutSeconds ?? defaultTimeoutSeconds,
      maxHistory: keptRevisions,
      skipCrds: chart.definitions !== undefined,
    },
    childOptions(parent, site, namespace, site.definitions.of(chart), ...after),
  );
}
