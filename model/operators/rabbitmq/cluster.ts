import type { Labels } from "../../facts/object";
import type { Operator } from "../operator";
import { role, roleBinding, serviceAccount } from "../parts/access";
import { madeFor } from "../parts/made";
import { configMap, secret } from "../parts/secret";
import { port, service } from "../parts/service";
import { openPorts } from "./ports";
import { serverPod } from "./server";
import { type ClusterSpec, clusterSpec, keeps, ownLabels } from "./spec";

/** A StatefulSet with its Services, account, role, configuration and the Secrets of its first user and of its cookie. */
export const cluster: Operator = (resource) => {
  const { name, namespace } = resource.metadata;
  const spec = clusterSpec.parse(resource.spec);
  const labels = labelsOf(name, resource.metadata.labels);
  const selector = { "app.kubernetes.io/name": name };
  const server = `${name}-server`;
  const peers = `${name}-peer-discovery`;
  const { storage, storageClassName } = spec.persistence;
  const { additionalPlugins: plugins } = spec.rabbitmq;
  const ports = openPorts({
    plugins,
    tls: spec.tls.secretName !== undefined,
    onlyTls: spec.tls.disableNonTLSListeners,
  });
  const override = spec.override?.statefulSet?.spec;
  return [
    {
      kind: "StatefulSet",
      name: server,
      labels,
      replicas: override?.replicas ?? spec.replicas,
      pod: serverPod(name, spec, ports),
      claims: keeps(storage)
        ? [{ name: "persistence", class: storageClassName, size: storage, modes: ["ReadWriteOnce"] }]
        : undefined,
    },
    service({
      name,
      labels: { ...labels, ...spec.service.labels },
      selector,
      ports: ports.map((one) => port(one.name, one.number)),
      type: spec.service.type,
    }),
    service({
      name: `${name}-nodes`,
      labels,
      selector,
      ports: [port("epmd", 4369), port("cluster-rpc", 25672)],
      headless: true,
    }),
    serviceAccount(server, labels),
    role(peers, labels),
    roleBinding({ name: server, labels, role: peers, namespace, account: server }),
    configMap(`${name}-plugins-conf`, ["enabled_plugins"], labels),
    configMap(`${name}-server-conf`, configurationKeys(spec), labels),
    secret(`${name}-default-user`, userKeys(plugins), labels),
    secret(`${name}-erlang-cookie`, [".erlang.cookie"], labels),
  ].map(madeFor(resource));
};

/** The operator's labels, with those of the custom resource that are not application labels themselves. */
function labelsOf(name: string, given: Labels = {}): Record<string, string> {
  const others = Object.entries(given).filter(([key]) => !key.startsWith("app.kubernetes.io"));
  return { ...Object.fromEntries(others), ...ownLabels(name) };
}

function configurationKeys({ rabbitmq }: ClusterSpec): readonly string[] {
  return [
    "operatorDefaults.conf",
    "userDefinedConfiguration.conf",
    ...(rabbitmq.advancedConfig === undefined ? [] : ["advanced.config"]),
    ...(rabbitmq.envConfig === undefined ? [] : ["rabbitmq-env.conf"]),
    ...(rabbitmq.erlangInetConfig === undefined ? [] : ["erl_inetrc"]),
  ];
}

function userKeys(plugins: readonly string[]): readonly string[] {
  const ofPlugin = ["stream", "mqtt", "stomp"].filter((protocol) => plugins.includes(`rabbitmq_${protocol}`));
  return [
    "connection_string",
    "default_user.conf",
    "host",
    "password",
    "port",
    "provider",
    "type",
    "username",
    ...ofPlugin.map((protocol) => `${protocol}-port`),
  ];
}
