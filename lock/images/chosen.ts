import { namedImages } from "../../model/images";
import type { Plan } from "../../model/plan";
import type { Pins } from "./pin";

/**
 * The images, by their tags, that the program itself puts into the resources of a plan, but for those whose digest is written in the
 * program. Those that come from a registry of the systems' own are the systems': `npm run set-image` names them with their digests.
 *
 * @param own registries of the systems' images: `registry.atlas-financial.com`
 * @param pins what is pinned already
 */
export function chosenImages(plan: Plan, own: readonly string[], pins: Pins): readonly string[] {
  return namedImages(plan)
    .filter(({ tagged, digest }) => digest === undefined || pins[tagged] === digest)
    .map(({ tagged }) => tagged)
    .filter((image) => !own.some((one) => image.startsWith(`${one}/`)));
}
