/** A port of RabbitMQ, and the plugin that opens it; without a plugin it is always open. */
interface RabbitmqPort {
  readonly name: string;
  readonly number: number;
  readonly plugin?: string;
}

const plain: readonly RabbitmqPort[] = [
  { name: "amqp", number: 5672 },
  { name: "management", number: 15672 },
  { name: "prometheus", number: 15692 },
  { name: "mqtt", number: 1883, plugin: "rabbitmq_mqtt" },
  { name: "web-mqtt", number: 15675, plugin: "rabbitmq_web_mqtt" },
  { name: "stomp", number: 61613, plugin: "rabbitmq_stomp" },
  { name: "web-stomp", number: 15674, plugin: "rabbitmq_web_stomp" },
  { name: "web-amqp", number: 15678, plugin: "rabbitmq_web_amqp" },
  { name: "stream", number: 5552, plugin: "rabbitmq_stream" },
];

const encrypted: readonly RabbitmqPort[] = [
  { name: "amqps", number: 5671 },
  { name: "management-tls", number: 15671 },
  { name: "prometheus-tls", number: 15691 },
  { name: "mqtts", number: 8883, plugin: "rabbitmq_mqtt" },
  { name: "web-mqtt-tls", number: 15676, plugin: "rabbitmq_web_mqtt" },
  { name: "stomps", number: 61614, plugin: "rabbitmq_stomp" },
  { name: "web-stomp-tls", number: 15673, plugin: "rabbitmq_web_stomp" },
  { name: "web-amqp-tls", number: 15677, plugin: "rabbitmq_web_amqp" },
  { name: "streams", number: 5551, plugin: "rabbitmq_stream" },
];

interface Listeners {
  readonly plugins: readonly string[];
  /** True where servers have a certificate. */
  readonly tls: boolean;
  readonly onlyTls: boolean;
}

/** Ports that RabbitMQ cluster operator 2.22.3 opens. */
export function openPorts({ plugins, tls, onlyTls }: Listeners): readonly RabbitmqPort[] {
  return [...(onlyTls ? [] : plain), ...(tls ? encrypted : [])].filter(
    ({ plugin }) => plugin === undefined || plugins.includes(plugin),
  );
}
