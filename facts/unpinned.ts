import { join } from "node:path";
import { z } from "zod";
import kept from "./unpinned-images.json";

/** Where the images without digests are listed. */
export const unpinnedImagesFile = join(__dirname, "unpinned-images.json");

/**
 * The images that have no digest, and until when. `npm run pin-images` takes out what it has pinned; a new image that cannot be asked for
 * is added by hand, and read in the review.
 */
export const unpinnedImages = z
  .strictObject({
    /** The last day on which these may be named by their tags. */
    until: z.iso.date(),
    /** By name and tag: `docker.io/library/redis:8.2`. */
    images: z.array(z.string()).readonly(),
    /**
     * Where the systems' own images are, ending in a slash: `npm run set-image` names those with their digests. `npm run golden` writes it
     * from the stack files.
     */
    systems: z.array(z.string().endsWith("/")).readonly(),
  })
  .readonly()
  .parse(kept);

/** Whether the image is one that a system builds. */
export function isOfSystem(image: string): boolean {
  return unpinnedImages.systems.some((path) => image.startsWith(path));
}
