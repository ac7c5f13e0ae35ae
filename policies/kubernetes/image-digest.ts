import { exceptions, namesOf } from "../exemptions/exceptions";
import type { Exception } from "../exemptions/granted";
import type { ResourcePolicy } from "../policy";
import { imageReference } from "./images";
import { allImagesOf, makesPods } from "./pods";

interface Configuration {
  readonly unpinned: readonly Exception[];
}

export const imageDigest: ResourcePolicy<Configuration> = {
  id: "kubernetes-image-digest",
  scope: "resource",
  what: "Images are named by their digests.",
  why: "A version's tag can be pushed again: by its maker, or by someone who took over the maker's account.",
  severity: "medium",
  advisory: true,
  standards: ["NSA/CISA Kubernetes hardening", "SLSA", "K4"],
  remediation:
    "Add @sha256:… to the image: what its registry answers for the tag. Name it in unpinned while it cannot be asked.",
  configuration: {
    unpinned: exceptions(
      "Images that need no digest: by name and tag, such as `docker.io/library/redis:8.2`, or all below a path, such as `registry.example.com/shop/`.",
    ),
  },
  appliesTo: makesPods,
  *validate(resource, { unpinned }) {
    const names = namesOf(unpinned);
    for (const { label, path, image } of allImagesOf(resource)) {
      if (typeof image !== "string" || imageReference(image).digest !== undefined) continue;
      if (names.some((name) => image === name || (name.endsWith("/") && image.startsWith(name)))) continue;
      yield `${label}: ${image} has no digest: add @sha256:… to ${path}.`;
    }
  },
};
