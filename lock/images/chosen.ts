import { z } from "zod";
import { entriesAt, isRecord } from "../../model/facts/read";
import type { Plan } from "../../model/plan";
import type { Pins } from "./pin";

/** Keys under which resources name images. */
const imageKeys: ReadonlySet<string> = new Set(["image", "imageName"]);

const reference = z.string().regex(/^[^/\s]+\.[^/\s]+\/[^@\s]+:[^@\s]+(@sha256:[0-9a-f]{64})?$/);

/**
 * The images, by their tags, that the program itself puts into the resources of a plan, but for those whose digest is written in the
 * program. Those that come from a registry of the systems' own are the systems': `npm run set-image` names them with their digests.
 *
 * @param own registries of the systems' images: `registry.atlas-financial.com`
 * @param pins what is pinned already
 */
export function chosenImages(plan: Plan, own: readonly string[], pins: Pins): readonly string[] {
  const found = plan.resources
    .filter(({ type }) => type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm.sh/"))
    .flatMap(({ inputs }) => imagesIn(inputs))
    .flatMap((image) => {
      const [tagged = "", digest] = image.split("@");
      return digest === undefined || pins[tagged] === digest ? [tagged] : [];
    });
  return [...new Set(found)].filter((image) => !own.some((one) => image.startsWith(`${one}/`))).sort();
}

function imagesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap(imagesIn);
  }
  if (!isRecord(value)) {
    return [];
  }
  return entriesAt(value).flatMap(([key, one]) => {
    const image = imageKeys.has(key) ? reference.safeParse(one) : undefined;
    return image?.success ? [image.data] : imagesIn(one);
  });
}
