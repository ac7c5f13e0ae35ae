import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { modelOf, withPassing } from "../model/expand";
import { namedImages } from "../model/images";
import type { Plan } from "../model/plan";
import { imageDigest } from "../policies/kubernetes/image-digest";
import { referencesResolve } from "../policies/kubernetes/references-resolve";
import { selectorsHit } from "../policies/kubernetes/selectors-hit";
import { namedOf } from "./named";
import { selectedOf } from "./selected";
import { withSystems } from "./systems-images";

/** Where a stack's configuration of the policies is. */
export function configurationFile(stack: string): string {
  return join(__dirname, "..", "policies", "config", `${stack}.json`);
}

const configuration = z.record(z.string(), z.unknown());
const ofPolicy = z.record(z.string(), z.unknown()).default({});

/**
 * What a stack configures for its policies, with `made` as the model has it: what charts and operators make, which policies do not
 * see in a plan; and with the images that are not pinned yet. All else is as it stands in the file.
 */
export function configurationOf(plan: Plan): Readonly<Record<string, unknown>> {
  const standing = configuration.parse(JSON.parse(readFileSync(configurationFile(plan.stack), "utf8")));
  const model = modelOf(plan);
  return {
    ...standing,
    [imageDigest.id]: { ...ofPolicy.parse(standing[imageDigest.id]), unpinned: unpinnedOf(plan) },
    [selectorsHit.id]: { ...ofPolicy.parse(standing[selectorsHit.id]), made: selectedOf(withPassing(model)) },
    [referencesResolve.id]: { ...ofPolicy.parse(standing[referencesResolve.id]), made: namedOf(plan, model) },
  };
}

/** The exceptions of the policy on digests: each image that is listed as unpinned and used, and what the systems build. */
function unpinnedOf(plan: Plan) {
  const tagged = namedImages(plan).flatMap(({ tagged, digest }) => (digest === undefined ? [tagged] : []));
  const { images, systems, until } = withSystems();
  const open = tagged.filter((image) => images.includes(image));
  const paths = systems.filter((path) => tagged.some((image) => image.startsWith(path)));
  return [
    {
      reason: `Their registries have not been asked for the digests yet; until ${until}`,
      names: open,
    },
    { reason: "Systems name their images themselves, set-image with the digest", names: paths },
  ].filter(({ names }) => names.length > 0);
}
