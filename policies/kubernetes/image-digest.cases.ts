import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, everyRole, pod } from "../testing/samples";
import { unknown } from "../value";
import { imageDigest } from "./image-digest";

function running(image: string): Sample {
  return pod({ containers: [container({ image })] });
}

const digest = `sha256:${"0".repeat(64)}`;
const reason = "Its registry has not been asked yet";

export const imageDigestCases: Cases = {
  policy: imageDigest,
  catches: [
    {
      name: "a tag alone",
      resources: [running("registry.example.com/app:1.4.2")],
      violations: [
        'app: container "app": registry.example.com/app:1.4.2 has no digest: add @sha256:… to spec.containers[0].image.',
      ],
    },
    {
      name: "in a container of every role, and in a custom resource",
      resources: [
        everyRole(container({ image: "docker.io/library/redis:8.2" })),
        {
          type: "kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster",
          properties: { spec: { image: "docker.io/library/rabbitmq:4.2" } },
        },
      ],
      violations: [
        ...[
          ["container", "containers[0]"],
          ["init container", "initContainers[0]"],
          ["sidecar", "initContainers[1]"],
          ["ephemeral container", "ephemeralContainers[0]"],
        ].map(
          ([role, path]) =>
            `app: ${role} "app": docker.io/library/redis:8.2 has no digest: add @sha256:… to spec.${path}.image.`,
        ),
        'sample: container "rabbitmq": docker.io/library/rabbitmq:4.2 has no digest: add @sha256:… to spec.image.',
      ],
    },
    {
      name: "another tag, and another path, than the stack permits",
      configuration: {
        unpinned: [{ names: ["docker.io/library/redis:8.2", "registry.example.com/shop/"], reason }],
      },
      resources: [running("docker.io/library/redis:8.2.1"), running("registry.example.com/shopping/cart:1")],
      violations: ["docker.io/library/redis:8.2.1", "registry.example.com/shopping/cart:1"].map(
        (image) => `app: container "app": ${image} has no digest: add @sha256:… to spec.containers[0].image.`,
      ),
    },
    {
      name: "a digest that is none",
      resources: [running("registry.example.com/app:1.4.2@")],
      violations: [
        'app: container "app": registry.example.com/app:1.4.2@ has no digest: add @sha256:… to spec.containers[0].image.',
      ],
    },
  ],
  passes: [
    {
      name: "a digest, with a tag and without",
      resources: [`registry.example.com/app:1.4.2@${digest}`, `registry.example.com/app@${digest}`].map(
        running,
      ),
    },
    {
      name: "what the stack permits, by name and by path",
      configuration: {
        unpinned: [{ names: ["docker.io/library/redis:8.2", "registry.example.com/shop/"], reason }],
      },
      resources: [running("docker.io/library/redis:8.2"), running("registry.example.com/shop/cart:1.4.2")],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "one image is not known, the other has no digest",
        resources: [
          pod({
            containers: [container({ image: unknown }), container({ image: "docker.io/library/redis:8.2" })],
          }),
        ],
        violations: [
          'app: container "app": docker.io/library/redis:8.2 has no digest: add @sha256:… to spec.containers[1].image.',
        ],
      },
    ],
    passes: [{ name: "not known", resources: [pod({ containers: [container({ image: unknown })] })] }],
  },
  faults: [
    ...faults.everywhere("image", "quay.io/elsewhere/app:1.4.2"),
    ...faults.containers("image", "quay.io/elsewhere/app:1.4.2"),
    faults.set(/:(RabbitmqCluster|Elasticsearch|Kibana)$/, "spec.image", "docker.io/library/app:1.4.2"),
    faults.set(/:Kafka$/, "spec.kafka.image", "quay.io/strimzi/kafka:9.9.9"),
    faults.set(/:ImageCatalog$/, "spec.images[].image", "ghcr.io/cloudnative-pg/postgresql:99.1"),
  ],
};
