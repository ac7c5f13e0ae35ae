import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, everyRole, pod } from "../testing/samples";
import { unknown } from "../value";
import { imagePinned } from "./image-pinned";

function running(image: string): Sample {
  return pod({ containers: [container({ image })] });
}

const digest = `sha256:${"0".repeat(64)}`;

export const imagePinnedCases: Cases = {
  policy: imagePinned,
  catches: [
    {
      name: "latest",
      resources: [running("registry.example.com/app:latest")],
      violations: [
        'app: container "app": the tag of registry.example.com/app:latest moves: give spec.containers[0].image a version.',
      ],
    },
    {
      name: "in custom resources: a catalogue of images, an exporter beside what it watches",
      resources: [
        {
          type: "kubernetes:postgresql.cnpg.io/v1:ImageCatalog",
          name: "images",
          properties: {
            spec: { images: [{ major: 17, image: "ghcr.io/cloudnative-pg/postgresql:latest" }] },
          },
        },
        {
          type: "kubernetes:kafka.strimzi.io/v1:Kafka",
          name: "kafka",
          properties: {
            metadata: { name: "events" },
            spec: { kafkaExporter: { image: "quay.io/strimzi/kafka" } },
          },
        },
      ],
      violations: [
        'images: container "number 1": the tag of ghcr.io/cloudnative-pg/postgresql:latest moves: give spec.images[0].image a version.',
        'kafka: container "events-kafka-exporter": quay.io/strimzi/kafka has no tag, which means latest: give spec.kafkaExporter.image a version.',
      ],
    },
    {
      name: "no tag, on a registry with a port, in a container of every role",
      resources: [everyRole(container({ image: "localhost:5000/app" }))],
      violations: [
        ["container", "containers[0]"],
        ["init container", "initContainers[0]"],
        ["sidecar", "initContainers[1]"],
        ["ephemeral container", "ephemeralContainers[0]"],
      ].map(
        ([role, path]) =>
          `app: ${role} "app": localhost:5000/app has no tag, which means latest: give spec.${path}.image a version.`,
      ),
    },
    {
      name: "a custom resource",
      resources: [
        {
          type: "kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster",
          properties: { spec: { image: "rabbitmq" } },
        },
      ],
      violations: [
        'sample: container "rabbitmq": rabbitmq has no tag, which means latest: give spec.image a version.',
      ],
    },

    {
      name: "names of lines, stages and distributions, and a digest that is none",
      resources: ["stable-alpine", "mainline", "prod", "bookworm", "latest-alpine3.20", "lts"]
        .map((tag) => running(`registry.example.com/app:${tag}`))
        .concat(running("registry.example.com/app:latest@")),
      violations: [
        "stable-alpine",
        "mainline",
        "prod",
        "bookworm",
        "latest-alpine3.20",
        "lts",
        "latest@",
      ].map(
        (tag) =>
          `app: container "app": the tag of registry.example.com/app:${tag} moves: give spec.containers[0].image a version.`,
      ),
    },
  ],
  passes: [
    { name: "a version", resources: [running("registry.example.com:5000/app:1.4.2")] },
    {
      name: "a digest",
      resources: [running(`registry.example.com/app:latest@${digest}`)],
    },

    {
      name: "versions and builds of all forms",
      resources: ["1.4.2-alpine", "v3", "2026-06-15", "main-1a2b3c4", "release-1.30", "sha-9f8e7d6c5b4a"].map(
        (tag) => running(`registry.example.com/app:${tag}`),
      ),
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "one image is not known, the other moves",
        resources: [
          pod({ containers: [container({ image: unknown }), container({ image: "redis:latest" })] }),
        ],
        violations: [
          'app: container "app": the tag of redis:latest moves: give spec.containers[1].image a version.',
        ],
      },
    ],
    passes: [{ name: "not known", resources: [pod({ containers: [container({ image: unknown })] })] }],
  },
  faults: [
    ...faults.everywhere("image", "registry.example.com/app:latest"),
    ...faults.containers("image", "registry.example.com/app"),
    faults.set(/:(RabbitmqCluster|Elasticsearch|Kibana)$/, "spec.image", "docker.io/library/app"),
    faults.set(/:Kafka$/, "spec.kafka.image", "quay.io/strimzi/kafka:latest"),
    faults.set(/:Kafka$/, "spec.kafkaExporter.image", "quay.io/strimzi/kafka:latest"),
    faults.set(/:ImageCatalog$/, "spec.images[].image", "ghcr.io/cloudnative-pg/postgresql:latest"),
  ],
};
