import type { Operator } from "../operator";
import { role, roleBinding, serviceAccount } from "../parts/access";
import { type Made, madeFor } from "../parts/made";
import { configMap } from "../parts/secret";
import { service } from "../parts/service";
import { deploymentBudget, entityOperator, kafkaExporter } from "./deployments";
import { strimziLabels, strimziSelector } from "./labels";
import { agent, controlPlane, type KafkaPort, listenerPorts, replication } from "./ports";
import { kafkaSecrets } from "./secrets";
import { kafkaSpec, poolsOf } from "./spec";

/**
 * Strimzi 1.2.0: Services, budgets, accounts, roles and Secrets of a cluster, its entity operator and its
 * exporter. The pods belong to the pools. No network policies, because the platform's release of the operator
 * turns them off.
 */
export const kafka: Operator = (resource, around) => {
  const { name: cluster, namespace, labels: given } = resource.metadata;
  const spec = kafkaSpec.parse(resource.spec);
  const pools = poolsOf(cluster, namespace, around);
  const nodes = pools.flatMap((pool) => pool.nodes);
  const labels = strimziLabels(cluster, "kafka", given);
  const selector = strimziSelector(cluster, "kafka");
  const ports = listenerPorts(spec);
  const named = ({ name, port }: KafkaPort) => ({ name, port, targetPort: name });
  const beside = besideNodes(cluster, namespace, spec, given);
  const account = `${cluster}-kafka`;
  const maxUnavailable = spec.kafka.template?.podDisruptionBudget?.maxUnavailable ?? 1;
  const made = [
    service({
      name: `${cluster}-kafka-bootstrap`,
      labels: { ...labels, "strimzi.io/discovery": "true" },
      selector: { ...selector, "strimzi.io/broker-role": "true" },
      ports: [replication, ...ports].map(named),
    }),
    service({
      name: `${cluster}-kafka-brokers`,
      labels,
      selector,
      ports: [controlPlane, replication, agent, ...ports].map(named),
      headless: true,
    }),
    {
      kind: "PodDisruptionBudget",
      name: account,
      labels,
      selector,
      minAvailable: Math.max(0, nodes.length - maxUnavailable),
    },
    serviceAccount(account, labels),
    role(account, labels),
    roleBinding({ name: `${account}-role`, labels, role: account, namespace, account }),
    ...beside,
    ...kafkaSecrets(cluster, spec, given, nodes),
  ].map(madeFor(resource));
  if (spec.kafka.rack === undefined) return made;
  const zones = {
    kind: "ClusterRoleBinding",
    name: `strimzi-${namespace}-${cluster}-kafka-init`,
    labels,
    role: "strimzi-kafka-broker",
    subjects: [`ServiceAccount ${namespace}/${account}`],
    owner: `${resource.kind}/${cluster}`,
  };
  return [...made, zones];
};

function besideNodes(
  cluster: string,
  namespace: string,
  spec: ReturnType<typeof kafkaSpec.parse>,
  given: Readonly<Record<string, string>> | undefined,
): readonly Made[] {
  const entity = entityOperator(cluster, spec, given);
  const exporter = kafkaExporter(cluster, spec, given);
  return [
    ...(entity ? [entity, ...ofEntityOperator(cluster, namespace, spec, given)] : []),
    ...(exporter
      ? [
          exporter,
          serviceAccount(`${cluster}-kafka-exporter`, strimziLabels(cluster, "kafka-exporter", given)),
          deploymentBudget(
            cluster,
            "kafka-exporter",
            given,
            spec.kafkaExporter?.template?.podDisruptionBudget?.maxUnavailable,
          ),
        ]
      : []),
  ];
}

function ofEntityOperator(
  cluster: string,
  namespace: string,
  { entityOperator: spec }: ReturnType<typeof kafkaSpec.parse>,
  given: Readonly<Record<string, string>> | undefined,
): readonly Made[] {
  const component = "entity-operator";
  const account = `${cluster}-${component}`;
  const labels = strimziLabels(cluster, component, given);
  const parts = [...(spec?.topicOperator ? ["topic"] : []), ...(spec?.userOperator ? ["user"] : [])];
  return [
    serviceAccount(account, labels),
    role(account, labels),
    deploymentBudget(cluster, component, given, spec?.template?.podDisruptionBudget?.maxUnavailable),
    ...parts.flatMap((part) => {
      const name = `${cluster}-entity-${part}-operator`;
      const own = strimziLabels(cluster, `entity-${part}-operator`, given);
      return [
        roleBinding({ name: `${name}-role`, labels: own, role: account, namespace, account }),
        configMap(`${name}-config`, ["log4j2.properties"], own),
      ];
    }),
  ];
}
