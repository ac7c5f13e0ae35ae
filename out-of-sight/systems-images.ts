import { join } from "node:path";
import { ownRegistries } from "../delivery/own-registries";
import { unpinnedImages } from "../facts/unpinned";
import { reviewedStacks } from "../model/reviewed";

const project = join(__dirname, "..");

/** The list of images without digests, with the paths of the systems' own as the stack files have them. */
export function withSystems(): typeof unpinnedImages {
  const registries = reviewedStacks().flatMap((stack) => ownRegistries(project, stack));
  return { ...unpinnedImages, systems: [...new Set(registries.map((one) => `${one}/`))].sort() };
}
