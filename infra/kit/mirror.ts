import type { MirrorConfig } from "../config/platform";
import { imageDigests, pinned } from "../facts/image-digests";
import type { Chart, ChartImage } from "./chart";

/** Where Helm finds a chart, in the words of a Release. */
export interface ChartSource {
  readonly chart: string;
  readonly version?: string;
  readonly repositoryOpts?: { readonly repo: string };
}

/** The chart's own repository, or the stack's mirror. */
export function chartSource(
  { name, version, repository }: Pick<Chart, "name" | "version" | "repository">,
  mirror: MirrorConfig | undefined,
): ChartSource {
  if (mirror?.charts?.startsWith("oci://")) return { chart: `${mirror.charts}/${name}`, version };
  if (mirror?.charts !== undefined) return { chart: `${mirror.charts}/${name}-${version}.tgz`, version };
  if (repository.startsWith("oci://")) return { chart: repository, version };
  return { chart: name, version, repositoryOpts: { repo: repository } };
}

/** The image's reference, with its digest where that is known, through the stack's mirror if it has one. */
export function imageReference(image: string, mirror: MirrorConfig | undefined): string {
  const reference = pinned(image);
  return mirror?.images === undefined ? reference : `${mirror.images}/${reference}`;
}

/** The address of a manifest or a definition, through the stack's mirror if it has one. */
export function manifestAddress(address: string, mirror: MirrorConfig | undefined): string {
  if (mirror?.manifests === undefined) return address;
  return `${mirror.manifests.replace(/\/$/, "")}/${address.split("/").at(-1)}`;
}

/** The values that make a chart run an image, by path. */
export function imageValues(
  { image, at }: ChartImage,
  mirror: MirrorConfig | undefined,
): Readonly<Record<string, string>> {
  const { registry, repository, tag, digest = imageDigests[image] } = parseImage(image);
  const host = mirror?.images ?? registry;
  const path = mirror?.images === undefined ? repository : `${registry}/${repository}`;
  if (at.tag === undefined && at.digest === undefined) {
    return { [at.repository]: imageReference(image, mirror) };
  }
  return {
    ...(at.registry === undefined
      ? { [at.repository]: `${host}/${path}` }
      : { [at.registry]: host, [at.repository]: path }),
    ...(at.tag !== undefined && { [at.tag]: tag }),
    ...(at.digest !== undefined && digest !== undefined && { [at.digest]: digest }),
  };
}

/** The parts of `registry/repository:tag@digest`. */
export function parseImage(image: string): {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest?: string;
} {
  const [, registry, repository, tag, digest] =
    /^([^/]+\.[^/]+)\/([^:@]+):([^@]+)(?:@(sha256:[0-9a-f]{64}))?$/.exec(image) ?? [];
  if (registry === undefined || repository === undefined || tag === undefined) {
    throw new Error(
      `the image ${image} is not of the form registry/repository:tag or registry/repository:tag@sha256:...`,
    );
  }
  return { registry, repository, tag, ...(digest !== undefined && { digest }) };
}
