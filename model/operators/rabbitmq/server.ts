import type { PodFacts } from "../../facts/pod";
import { placed } from "../parts/placement";
import { merged } from "../parts/pod-template";
import { restrictedReadOnly } from "../parts/security";
import type { openPorts } from "./ports";
import { type ClusterSpec, keeps, ownLabels } from "./spec";

/** Requests of the init container in RabbitMQ cluster operator 2.22.3. */
const setupResources = { cpu: "20m", memory: "64Mi" };

export function serverPod(name: string, spec: ClusterSpec, ports: ReturnType<typeof openPorts>): PodFacts {
  const open = (wanted: string, encrypted: string) =>
    ports.some((port) => port.name === wanted) ? wanted : encrypted;
  const configuration = "/etc/rabbitmq/conf.d";
  const own: PodFacts = {
    labels: ownLabels(name),
    serviceAccount: `${name}-server`,
    automountToken: true,
    ...placed(spec),
    spread: [
      {
        topologyKey: "topology.kubernetes.io/zone",
        when: "ScheduleAnyway",
        labels: { "app.kubernetes.io/name": name },
      },
    ],
    security: { runAsNonRoot: true, runAsUser: 999, fsGroup: 0, seccomp: "RuntimeDefault" },
    grace: spec.terminationGracePeriodSeconds,
    volumes: [
      "downwardAPI",
      `configMap ${name}-plugins-conf`,
      "emptyDir",
      "emptyDir",
      ...(keeps(spec.persistence.storage) ? [] : ["emptyDir"]),
      "projected",
      `secret ${name}-erlang-cookie`,
      ...(spec.tls.secretName === undefined ? [] : ["projected"]),
    ],
    containers: [
      {
        name: "setup-container",
        init: true,
        image: spec.image,
        resources: { requests: setupResources, limits: setupResources },
        mounts: [
          "/operator",
          "/tmp/default_user.conf",
          "/tmp/erlang-cookie-secret/",
          "/tmp/rabbitmq-plugins/",
          "/var/lib/rabbitmq/",
          "/var/lib/rabbitmq/mnesia/",
        ],
        security: restrictedReadOnly,
      },
      {
        name: "rabbitmq",
        image: spec.image,
        ports: [{ name: "epmd", port: 4369 }, ...ports.map((one) => ({ name: one.name, port: one.number }))],
        resources: spec.resources,
        mounts: [
          "/etc/pod-info/",
          `${configuration}/10-operatorDefaults.conf`,
          `${configuration}/11-default_user.conf`,
          `${configuration}/90-userDefinedConfiguration.conf`,
          "/operator",
          "/var/lib/rabbitmq/",
          "/var/lib/rabbitmq/mnesia/",
          ...(spec.tls.secretName === undefined ? [] : ["/etc/rabbitmq-tls/"]),
        ],
        security: restrictedReadOnly,
        probes: { startup: open("management", "management-tls"), readiness: open("amqp", "amqps") },
      },
    ],
  };
  return merged(own, spec.override?.statefulSet?.spec?.template);
}
