import type { KafkaSpec } from "./spec";

export interface KafkaPort {
  readonly name: string;
  readonly port: number;
}

export const controlPlane: KafkaPort = { name: "tcp-ctrlplane", port: 9090 };
export const replication: KafkaPort = { name: "tcp-replication", port: 9091 };
export const agent: KafkaPort = { name: "tcp-kafkaagent", port: 8443 };
export const metrics: KafkaPort = { name: "tcp-prometheus", port: 9404 };

/** Ports of the listeners; the two that Strimzi once opened by default keep their old names. */
export function listenerPorts({ kafka }: KafkaSpec): readonly KafkaPort[] {
  const former: Readonly<Record<string, string>> = {
    "plain 9092": "tcp-clients",
    "tls 9093": "tcp-clientstls",
  };
  return kafka.listeners.map(({ name, port }) => ({
    name: former[`${name} ${port}`] ?? `tcp-${name}`,
    port,
  }));
}
