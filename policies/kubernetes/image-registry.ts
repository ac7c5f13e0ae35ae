import type { ResourcePolicy } from "../policy";
import { imageReference } from "./images";
import { allImagesOf, makesPods } from "./pods";

interface Configuration {
  readonly registries: readonly string[];
  readonly own: readonly string[];
}

export const imageRegistry: ResourcePolicy<Configuration> = {
  id: "kubernetes-image-registry",
  scope: "resource",
  what: "Images come from registries that the stack names.",
  why: "An image from anywhere is a program from anybody; a name that is one letter off is enough.",
  severity: "high",
  standards: ["NSA/CISA Kubernetes hardening", "CIS EKS 5.1.4", "PCI-DSS 4: 6.3.2", "K4"],
  remediation:
    "Push the image to a registry of the stack, or add its registry to the policy's registries. After a change of `images.registry` in the stack's file: npm run golden.",
  configuration: {
    own: {
      type: "array",
      items: { type: "string" },
      default: [],
      description:
        "Registries, or repositories in them, of the systems' own images. `npm run golden` takes them from the stack's file.",
    },
    registries: {
      type: "array",
      items: { type: "string" },
      default: [],
      description:
        "Registries, or repositories in them, that images may come from, such as `ghcr.io/rabbitmq`. Docker Hub's are `docker.io/library` and `docker.io/<name>`. None named: any.",
    },
  },
  appliesTo: makesPods,
  *validate(resource, { registries: others, own }) {
    const registries = [...own, ...others];
    if (registries.length === 0) return;
    for (const { label, path, image } of allImagesOf(resource)) {
      if (typeof image !== "string") continue;
      const { repository } = imageReference(image);
      if (registries.some((one) => repository === one || repository.startsWith(`${one}/`))) continue;
      yield `${label}: ${path} ${image} comes from none of ${registries.join(", ")}.`;
    }
  },
};
