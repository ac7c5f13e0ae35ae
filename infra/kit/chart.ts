/** An image that a chart runs, and the values that name it. */
export interface ChartImage {
  /** `registry/repository:tag`, with `@sha256:...` where the digest is known. */
  readonly image: string;
  /** Paths of values that take the image's parts. */
  readonly at: {
    /** Takes the registry's host. Left out: `repository` takes it too. */
    readonly registry?: string;
    /** Takes the repository; the whole reference where neither `tag` nor `digest` is given. */
    readonly repository: string;
    readonly tag?: string;
    /** Takes `sha256:...`. */
    readonly digest?: string;
  };
}

/** A Helm chart, pinned, with why it was chosen. */
export interface Chart {
  /** The name under which it is published. */
  readonly name: string;
  /** `https://` repository that holds it, or the chart's own `oci://` address. */
  readonly repository: string;
  readonly version: string;
  /** Version of the software that the chart installs. */
  readonly appVersion: string;
  /** SPDX identifier of the software's licence. */
  readonly licence: string;
  /** Why this one and not another. */
  readonly reason: string;
  /** Every image that the chart runs with our values, each at the value that names it. */
  readonly images: readonly ChartImage[];
  /**
   * Addresses of the custom resource definitions in the chart's `crds/` folder, at the chart's own version. Helm installs
   * those once and never upgrades them, so they are resources of their own, and Helm is told to skip them.
   * Left out: the chart has none, or keeps them in its templates, where Helm looks after them.
   */
  readonly definitions?: readonly string[];
}
