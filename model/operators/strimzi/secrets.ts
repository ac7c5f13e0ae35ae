import type { Made } from "../parts/made";
import { secret } from "../parts/secret";
import { strimziLabels } from "./labels";
import type { KafkaNode, KafkaSpec } from "./spec";

/** Certificates of a cluster: two authorities, and one for each node and component. */
export function kafkaSecrets(
  cluster: string,
  { entityOperator, kafkaExporter }: KafkaSpec,
  given: Readonly<Record<string, string>> | undefined,
  nodes: readonly KafkaNode[],
): readonly Made[] {
  const ofNodes = strimziLabels(cluster, "kafka", given);
  const authority = strimziLabels(cluster, "certificate-authority", given, "strimzi");
  const pair = (suffix: string, component: string, file: string, name?: string): Made =>
    secret(
      `${cluster}-${suffix}`,
      [`${file}.crt`, `${file}.key`],
      strimziLabels(cluster, component, given, name),
    );
  const entity = (part: string): Made =>
    pair(`entity-${part}-operator-certs`, `entity-${part}-operator`, "entity-operator");
  return [
    ...nodes.map(({ name }) => secret(name, [`${name}.crt`, `${name}.key`], ofNodes)),
    ...["cluster", "clients"].flatMap((ca) => [
      secret(`${cluster}-${ca}-ca`, ["ca.key"], authority),
      secret(`${cluster}-${ca}-ca-cert`, ["ca.crt", "ca.p12", "ca.password"], authority),
    ]),
    pair("cluster-operator-certs", "strimzi", "cluster-operator", "strimzi"),
    ...(entityOperator?.topicOperator ? [entity("topic")] : []),
    ...(entityOperator?.userOperator ? [entity("user")] : []),
    ...(kafkaExporter ? [pair("kafka-exporter-certs", "kafka-exporter", "kafka-exporter")] : []),
    secret(
      `${cluster}-trustbundle`,
      ["clients-ca.crt", "cluster-ca.crt"],
      strimziLabels(cluster, "trust-bundle", given, "strimzi"),
    ),
  ];
}
