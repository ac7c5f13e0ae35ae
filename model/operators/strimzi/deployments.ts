import { securityOf } from "../../facts/of-container";
import type { ContainerFacts } from "../../facts/pod";
import type { Made } from "../parts/made";
import { placed } from "../parts/placement";
import { strimziLabels, strimziSelector } from "./labels";
import { metrics, replication } from "./ports";
import { type KafkaSpec, kafkaImage, operatorImage, type PodTemplate, templated, temporary } from "./spec";

interface Component {
  readonly cluster: string;
  readonly component: string;
  readonly labels: Readonly<Record<string, string>> | undefined;
  readonly template: PodTemplate | undefined;
  readonly volumes: readonly string[];
  readonly containers: readonly ContainerFacts[];
}

/** A Deployment of one pod beside the nodes. */
function deployment({ cluster, component, labels: given, template, volumes, containers }: Component): Made {
  const labels = strimziLabels(cluster, component, given);
  return {
    kind: "Deployment",
    name: `${cluster}-${component}`,
    labels,
    replicas: 1,
    pod: {
      labels: { ...labels, ...template?.metadata?.labels },
      serviceAccount: `${cluster}-${component}`,
      automountToken: false,
      ...placed(template ?? {}),
      security: securityOf(template?.securityContext),
      grace: template?.terminationGracePeriodSeconds ?? 30,
      volumes: [...volumes],
      containers: [...containers],
    },
  };
}

export function entityOperator(
  cluster: string,
  { entityOperator: given }: KafkaSpec,
  labels: Readonly<Record<string, string>> | undefined,
): Made | undefined {
  if (given === undefined) return undefined;
  const parts = (["topic", "user"] as const).flatMap((part) => {
    const spec = part === "topic" ? given.topicOperator : given.userOperator;
    return spec ? [{ part, spec }] : [];
  });
  const containers = parts.map(({ part, spec }): ContainerFacts => {
    const health = part === "topic" ? "healthcheck-to" : "healthcheck-uo";
    return {
      name: `${part}-operator`,
      image: spec.image ?? operatorImage,
      ports: [{ name: health, port: part === "topic" ? 8080 : 8081 }],
      resources: spec.resources,
      mounts: [
        `/opt/${part}-operator/custom-config/`,
        "/tmp",
        "/var/run/secrets/kubernetes.io/serviceaccount",
      ],
      ...templated(given.template?.[`${part}OperatorContainer`]),
      probes: { startup: part === "topic" ? health : undefined, liveness: health, readiness: health },
      urls: [`${cluster}-kafka-bootstrap:${replication.port}`],
    };
  });
  return deployment({
    cluster,
    component: "entity-operator",
    labels,
    template: given.template?.pod,
    volumes: [
      ...parts.map(({ part }) => `configMap ${cluster}-entity-${part}-operator-config`),
      ...parts.map(() => temporary),
      "projected",
    ],
    containers,
  });
}

export function kafkaExporter(
  cluster: string,
  spec: KafkaSpec,
  labels: Readonly<Record<string, string>> | undefined,
): Made | undefined {
  const { kafkaExporter: given } = spec;
  if (given === undefined) return undefined;
  const component = "kafka-exporter";
  return deployment({
    cluster,
    component,
    labels,
    template: given.template?.pod,
    volumes: [temporary, `secret ${cluster}-${component}-certs`, `secret ${cluster}-trustbundle`],
    containers: [
      {
        name: `${cluster}-${component}`,
        image: given.image ?? kafkaImage(spec),
        ports: [{ ...metrics }],
        resources: given.resources,
        mounts: [
          "/etc/kafka-exporter/cluster-ca-certs/",
          "/etc/kafka-exporter/kafka-exporter-certs/",
          "/tmp",
        ],
        ...templated(given.template?.container),
        probes: { liveness: metrics.name, readiness: metrics.name },
        urls: [`${cluster}-kafka-bootstrap:${replication.port}`],
      },
    ],
  });
}

/** The budget of one of the Deployments. */
export function deploymentBudget(
  cluster: string,
  component: string,
  labels: Readonly<Record<string, string>> | undefined,
  maxUnavailable = 1,
): Made {
  return {
    kind: "PodDisruptionBudget",
    name: `${cluster}-${component}`,
    labels: strimziLabels(cluster, component, labels),
    selector: strimziSelector(cluster, component),
    maxUnavailable,
  };
}
