import type { Chart } from "../../kit/chart";
import { image, imageWithRegistry } from "./image";

/** One of the images of MongoDB's operator, which takes the registry, the name and the tag at three places. */
function mongodbImage(image: string, registry: string, path: string) {
  return {
    image,
    at: { registry: `registry.${registry}`, repository: `${path}.name`, tag: `${path}.version` },
  };
}

// renovate: datasource=docker depName=quay.io/mongodb/helm-charts/mongodb-kubernetes
const mongodbVersion = "1.10.0";

/** The definitions in the chart of MongoDB's operator. */
const mongodbDefinitions = [
  "ai.mongodb.com_voyageais",
  "mongodb.com_clustermongodbroles",
  "mongodb.com_mongodb",
  "mongodb.com_mongodbmulticluster",
  "mongodb.com_mongodbsearch",
  "mongodb.com_mongodbusers",
  "mongodb.com_opsmanagers",
  "mongodbcommunity.mongodb.com_mongodbcommunity",
].map(
  (name) =>
    `https://raw.githubusercontent.com/mongodb/mongodb-kubernetes/${mongodbVersion}/helm_chart/crds/${name}.yaml`,
);

/** Charts of the data stores and their operators. */
export const dataCharts = {
  cloudNativePg: {
    name: "cloudnative-pg",
    repository: "https://cloudnative-pg.github.io/charts",
    version: "0.29.0",
    appVersion: "1.30.0",
    licence: "Apache-2.0",
    reason:
      "PostgreSQL with failover, pooling and point-in-time recovery; it runs images that carry TimescaleDB. (P11)",
    images: [image("ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0", "image")],
  },
  barmanCloud: {
    name: "plugin-barman-cloud",
    repository: "https://cloudnative-pg.github.io/charts",
    version: "0.7.0",
    appVersion: "v0.13.0",
    licence: "Apache-2.0",
    reason: "How CloudNativePG archives to object storage since its built-in way was retired. (P11, R1)",
    images: [
      imageWithRegistry("ghcr.io/cloudnative-pg/plugin-barman-cloud:v0.13.0", "image"),
      imageWithRegistry("ghcr.io/cloudnative-pg/plugin-barman-cloud-sidecar:v0.13.0", "sidecarImage"),
    ],
  },
  mongodbOperator: {
    name: "mongodb-kubernetes",
    repository: "oci://quay.io/mongodb/helm-charts/mongodb-kubernetes",
    version: mongodbVersion,
    appVersion: mongodbVersion,
    licence: "Apache-2.0",
    reason: "Where MongoDBCommunity, which 003 asks for, is kept since its own operator ended. (P12, 003)",
    images: [
      {
        image: `quay.io/mongodb/mongodb-kubernetes:${mongodbVersion}`,
        at: {
          registry: "registry.operator",
          repository: "operator.operator_image_name",
          tag: "operator.version",
        },
      },
      {
        image: "quay.io/mongodb/mongodb-agent:108.0.25.9029-1",
        at: {
          registry: "community.registry.agent",
          repository: "community.agent.name",
          tag: "community.agent.version",
        },
      },
      mongodbImage(
        "quay.io/mongodb/mongodb-kubernetes-operator-version-upgrade-post-start-hook:1.0.10",
        "versionUpgradeHook",
        "versionUpgradeHook",
      ),
      mongodbImage(
        "quay.io/mongodb/mongodb-kubernetes-readinessprobe:1.0.24",
        "readinessProbe",
        "readinessProbe",
      ),
    ],
    definitions: mongodbDefinitions,
  },
  qdrant: {
    name: "qdrant",
    repository: "https://qdrant.github.io/qdrant-helm",
    version: "1.19.0",
    appVersion: "v1.19.0",
    licence: "Apache-2.0",
    reason: "Qdrant's own; it bootstraps the cluster, which 000's manifest does not. (P13, 000)",
    // The chart appends -unprivileged: a tag that has it already would hide the version from the chart's choice of probe.
    images: [image("docker.io/qdrant/qdrant:v1.19.0", "image")],
  },
} as const satisfies Readonly<Record<string, Chart>>;
