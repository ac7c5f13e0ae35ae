import { join } from "node:path";
import { z } from "zod";
import kept from "./image-pins.json";

/** Where `npm run pin-images` writes what registries say. */
export const imageDigestsFile = join(__dirname, "image-pins.json");

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** The digest of each image that the program chooses, by its name with the tag, as far as the registries were asked. */
export const imageDigests: Readonly<Record<string, string>> = z.record(z.string(), digest).parse(kept);

/** The image with its digest, where one is known and none is said. */
export function pinned(image: string, digests: Readonly<Record<string, string>> = imageDigests): string {
  const known = digests[image];
  return known === undefined ? image : `${image}@${known}`;
}
