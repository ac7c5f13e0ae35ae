import { isOfSystem } from "../../facts/unpinned";
import { namedImages } from "../../model/images";
import { type Check, each, nothing } from "../verdict";

/** What the program itself chooses to run is named by its digest. */
export const imagesHaveDigests: Check = ({ plan }) =>
  plan === undefined
    ? nothing
    : each(
        namedImages(plan).filter(({ tagged }) => !isOfSystem(tagged)),
        ({ tagged, digest }) =>
          digest === undefined
            ? {
                object: tagged,
                rule: "the image has no digest: what its tag names can be exchanged",
                source: "OCI distribution specification: a tag is moved by pushing it again",
                fix: "`npm run pin-images`, then `npm run golden`; while its registry cannot be asked, list it in facts/unpinned-images.json",
              }
            : undefined,
      );
