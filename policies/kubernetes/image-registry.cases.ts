import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, pod } from "../testing/samples";
import { unknown, type Value } from "../value";
import { imageRegistry } from "./image-registry";

const configuration = { registries: ["registry.example.com", "docker.io/library"] };

function running(...images: readonly Value[]): Sample {
  return pod({ containers: images.map((image) => container({ image })) });
}

function refused(index: number, image: string): string {
  return `app: container "app": spec.containers[${index}].image ${image} comes from none of registry.example.com, docker.io/library.`;
}

export const imageRegistryCases: Cases = {
  policy: imageRegistry,
  catches: [
    {
      name: "another registry",
      configuration,
      resources: [running("quay.io/app:1.4.2")],
      violations: [refused(0, "quay.io/app:1.4.2")],
    },
    {
      name: "a registry whose name only begins like one that may be used, and somebody's own images",
      configuration,
      resources: [running("registry.example.com.evil.example/app:1", "somebody/app:1")],
      violations: [refused(0, "registry.example.com.evil.example/app:1"), refused(1, "somebody/app:1")],
    },
    {
      name: "another path than the systems' own images have",
      configuration: { own: ["registry.example.com/team"] },
      resources: [running("registry.example.com/another/app:1.4.2")],
      violations: [
        'app: container "app": spec.containers[0].image registry.example.com/another/app:1.4.2 comes from none of registry.example.com/team.',
      ],
    },
    {
      name: "an image that is only mounted, and one of a custom resource",
      configuration,
      resources: [
        pod({
          containers: [container()],
          volumes: [{ name: "model", image: { reference: "evil.example/x:1.0.0" } }],
        }),
        {
          type: "kubernetes:argoproj.io/v1alpha1:Workflow",
          name: "workflow",
          properties: {
            spec: { templates: [{ container: { image: "evil.example/x:1.0.0", command: ["x"] } }] },
          },
        },
      ],
      violations: [
        'app: volume "model": spec.volumes[0].image.reference evil.example/x:1.0.0 comes from none of registry.example.com, docker.io/library.',
        'workflow: container "number 1": spec.templates[0].container.image evil.example/x:1.0.0 comes from none of registry.example.com, docker.io/library.',
      ],
    },
  ],
  passes: [
    {
      name: "registries that the stack names",
      configuration,
      resources: [running("registry.example.com/team/app:1.4.2", "redis:8.2.3")],
    },
    {
      name: "registries of the systems' own images",
      configuration: { own: ["registry.example.com/team"] },
      resources: [running("registry.example.com/team/app:1.4.2")],
    },
    { name: "a stack that names none", resources: [running("quay.io/app:1.4.2")] },
  ],
  withUnknowns: {
    catches: [
      {
        name: "one image is not known, the other comes from elsewhere",
        configuration,
        resources: [running(unknown, "quay.io/app:1.4.2")],
        violations: [refused(1, "quay.io/app:1.4.2")],
      },
    ],
    passes: [{ name: "not known", configuration, resources: [running(unknown)] }],
  },
  faults: [
    ...faults.pod(
      "volumes",
      faults.appended({ name: "model", image: { reference: "registry.evil.example/model:1.0.0" } }),
    ),
    ...faults.everywhere("image", "registry.evil.example/app:1.0.0"),
    faults.set(/:ImageCatalog$/, "spec.images[].image", "registry.evil.example/postgresql:17"),
  ],
};
