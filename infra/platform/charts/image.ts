import type { ChartImage } from "../../kit/chart";

/** An image whose repository and tag stand side by side in the values, as in most charts. */
export function image(reference: string, path: string): ChartImage {
  return { image: reference, at: { repository: `${path}.repository`, tag: `${path}.tag` } };
}

/** An image whose registry, repository and tag are three values side by side. */
export function imageWithRegistry(reference: string, path: string): ChartImage {
  return {
    image: reference,
    at: { registry: `${path}.registry`, repository: `${path}.repository`, tag: `${path}.tag` },
  };
}
