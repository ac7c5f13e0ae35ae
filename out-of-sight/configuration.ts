import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ownRegistries } from "../delivery/own-registries";
import { unpinnedImages } from "../facts/unpinned";
import { modelOf, withPassing } from "../model/expand";
import { namedImages } from "../model/images";
import type { Plan } from "../model/plan";
import { imageDigest } from "../policies/kubernetes/image-digest";
import { imageRegistry } from "../policies/kubernetes/image-registry";
import { referencesResolve } from "../policies/kubernetes/references-resolve";
import { selectorsHit } from "../policies/kubernetes/selectors-hit";
import { namedOf } from "./named";
import { selectedOf } from "./selected";

const project = join(__dirname, "..");

/** Where a stack's configuration of the policies is. */
export function configurationFile(stack: string): string {
  return join(__dirname, "..", "policies", "config", `${stack}.json`);
}

const configuration = z.record(z.string(), z.unknown());
const ofPolicy = z.record(z.string(), z.unknown()).default({});
type Configuration = z.infer<typeof configuration>;

const exceptions = z.array(z.object({ reason: z.string(), names: z.array(z.string()) })).default([]);
const ownReason = "Systems name their images themselves, set-image with the digest";

/**
 * What a stack configures for its policies, with `made` as the model has it: what charts and operators make, which policies do not
 * see in a plan; with the images that are not pinned yet; and with the registries of the stack's file. All else is as it stands
 * in the file.
 */
export function configurationOf(plan: Plan, standing = standingOf(plan.stack)): Configuration {
  const model = modelOf(plan);
  const tagged = namedImages(plan).flatMap(({ tagged, digest }) => (digest === undefined ? [tagged] : []));
  const registries = ownRegistries(project, plan.stack);
  const unpinned = registries.filter((path) => tagged.some((image) => image.startsWith(`${path}/`)));
  const digests = { ...ofPolicy.parse(standing[imageDigest.id]), unpinned: openOf(tagged) };
  return {
    ...withOwnRegistries({ ...standing, [imageDigest.id]: digests }, registries, unpinned),
    [selectorsHit.id]: { ...ofPolicy.parse(standing[selectorsHit.id]), made: selectedOf(withPassing(model)) },
    [referencesResolve.id]: { ...ofPolicy.parse(standing[referencesResolve.id]), made: namedOf(plan, model) },
  };
}

function standingOf(stack: string): Configuration {
  return configuration.parse(JSON.parse(readFileSync(configurationFile(stack), "utf8")));
}

/** The exception of the policy on digests for each image that is listed as unpinned and used. */
function openOf(tagged: readonly string[]) {
  const names = tagged.filter((image) => unpinnedImages.images.includes(image));
  const reason = `Their registries have not been asked for the digests yet; until ${unpinnedImages.until}`;
  return names.length > 0 ? [{ reason, names }] : [];
}

/** Registries that everyone may push to: there a name stands for its owner's images alone. */
const sharedHosts: ReadonlySet<string> = new Set([
  "docker.io",
  "gcr.io",
  "ghcr.io",
  "public.ecr.aws",
  "quay.io",
  "registry.gitlab.com",
]);

/** What of a registry is the stack's own: all of a host of its own, and its name at a host that others push to as well. */
function ownPart(registry: string): string {
  const [host = ""] = registry.split("/");
  return host.includes(".") && !sharedHosts.has(host) ? host : registry;
}

/**
 * A configuration of the policies in which the systems' images come from these registries.
 *
 * @param unpinned those of them whose images have no digests yet
 */
export function withOwnRegistries(
  standing: Configuration,
  registries: readonly string[],
  unpinned = registries,
): Configuration {
  const digests = ofPolicy.parse(standing[imageDigest.id]);
  const others = exceptions.parse(digests.unpinned).filter(({ reason }) => reason !== ownReason);
  const names = [...new Set(unpinned.map(ownPart))].map((path) => `${path}/`).sort();
  return {
    ...standing,
    [imageRegistry.id]: {
      ...ofPolicy.parse(standing[imageRegistry.id]),
      own: [...new Set(registries.map(ownPart))].sort(),
    },
    [imageDigest.id]: {
      ...digests,
      unpinned: names.length > 0 ? [...others, { reason: ownReason, names }] : others,
    },
  };
}
