import type { ResourcePolicy } from "../policy";
import { imageReference, isMoving } from "./images";
import { allImagesOf, makesPods } from "./pods";

export const imagePinned: ResourcePolicy = {
  id: "kubernetes-image-pinned",
  scope: "resource",
  what: "Images are named by a version that stays.",
  why: "A tag that moves runs other programs from one restart to the next, and a rollback cannot go back to what ran before.",
  severity: "medium",
  standards: ["NSA/CISA Kubernetes hardening", "CIS EKS 5.1.1", "K4"],
  remediation: "Give image a tag that is a version, such as :1.4.2, or a digest.",
  appliesTo: makesPods,
  *validate(resource) {
    for (const { label, path, image } of allImagesOf(resource)) {
      if (typeof image !== "string") continue;
      const { tag, digest } = imageReference(image);
      if (digest !== undefined) continue;
      if (tag === undefined) {
        yield `${label}: ${image} has no tag, which means latest: give ${path} a version.`;
      } else if (isMoving(tag)) {
        yield `${label}: the tag of ${image} moves: give ${path} a version.`;
      }
    }
  },
};
