import { digestOfImage, parseImage, type RegistryCaller } from "./registry";

/** Digests by image: `docker.io/valkey/valkey:8.1.10-alpine`. */
export type Pins = Readonly<Record<string, string>>;

/** What asking the registries came to. */
export interface Pinning {
  /** The pins of all these images that are known now, sorted. */
  readonly pins: Pins;
  /** Lines that say what could not be pinned, and why. */
  readonly faults: readonly string[];
}

export interface PinOptions {
  /** Takes another digest for a tag that moved. @default false */
  readonly acceptMoved?: boolean;
}

/**
 * Asks the registries for the digest of each image. A pin that is there stays when its registry does not answer, and when its tag
 * names something else by now, which is a fault: versions are not pushed twice. Pins of images that are not asked for go.
 */
export async function pin(
  caller: RegistryCaller,
  images: readonly string[],
  known: Pins,
  { acceptMoved = false }: PinOptions = {},
): Promise<Pinning> {
  const pins: Record<string, string> = {};
  const faults: string[] = [];
  for (const image of [...new Set(images)].sort()) {
    const before = known[image];
    const now = await digestOfImage(caller, parseImage(image)).catch((error: unknown) =>
      error instanceof Error ? error : new Error(String(error)),
    );
    if (now instanceof Error) {
      faults.push(`${image}: ${now.message}`);
      if (before !== undefined) pins[image] = before;
    } else if (before !== undefined && before !== now && !acceptMoved) {
      faults.push(
        `${image}: it was ${before} and is ${now}: somebody pushed it again. Look into it, then add --accept-moved`,
      );
      pins[image] = before;
    } else {
      pins[image] = now;
    }
  }
  return { pins, faults };
}

/**
 * What of a list of images without digests is left to pin.
 *
 * @param used the images that the program chooses
 */
export function stillUnpinned(
  listed: readonly string[],
  used: readonly string[],
  pins: Pins,
): readonly string[] {
  return listed.filter((image) => used.includes(image) && pins[image] === undefined);
}
