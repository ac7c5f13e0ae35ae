/** Where the stack's own registry answers: 000's workflow pushes to it, and the nodes pull from it. (000) */
export const registryHost = "registry.atlas-financial.com";

/** The registry's host of an image or of a place with images: what stands before the first slash. */
export function registryOf(place: string): string {
  return place.split("/")[0] ?? place;
}
