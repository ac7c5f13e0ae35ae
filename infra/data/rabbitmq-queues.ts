import type * as pulumi from "@pulumi/pulumi";
import { type InRabbitmq, rabbitmqObject } from "./rabbitmq-object";

/** A durable queue with a copy on every member, and a queue for its dead letters. */
export interface QueueDeclaration {
  readonly name: string;
  /** How often a message may come back before it is a dead letter. */
  readonly deliveryLimit: number;
  /**
   * Days that a stream beside the queue keeps every message to be read again. Publishers then send to the exchange of the
   * queue's name. Left out: there is no stream, and publishers send to the queue.
   */
  readonly replayDays?: number;
}

/** Where the dead letters of a queue end up: an exchange and a queue of this name. */
export function deadLettersOf({ name }: QueueDeclaration): string {
  return `${name}-dead-letters`;
}

/** What the name of a stream ends with, and that of no other queue. */
export const streamSuffix = "-stream";

/** The stream beside a queue. */
export function streamOf({ name }: QueueDeclaration): string {
  return `${name}${streamSuffix}`;
}

/** Makes queues, their dead letters and their streams. (P9, 002, 003) */
export function createQueues(
  name: string,
  { queues, ...inCluster }: InRabbitmq & { readonly queues: readonly QueueDeclaration[] },
  parent: pulumi.Resource,
  cluster: pulumi.Resource,
): void {
  const make = (kind: "Binding" | "Exchange" | "Policy" | "Queue", objectName: string, spec: object) =>
    rabbitmqObject(
      `${name}-${objectName}-${kind.toLowerCase()}`,
      { ...inCluster, kind, objectName, spec: { ...spec } },
      parent,
      cluster,
    );
  const makeQueue = (queue: string, type: "quorum" | "stream") =>
    // Messages outlive the object: a queue goes by hand, or with its cluster.
    make("Queue", queue, { name: queue, type, durable: true, deletionPolicy: "retain" });
  const makeFanout = (exchange: string, ...targets: readonly string[]) => {
    make("Exchange", exchange, { name: exchange, type: "fanout", durable: true });
    for (const target of targets) {
      make("Binding", target, { source: exchange, destination: target, destinationType: "queue" });
    }
  };

  for (const queue of queues) {
    const deadLetters = deadLettersOf(queue);
    makeQueue(queue.name, "quorum");
    makeQueue(deadLetters, "quorum");
    makeFanout(deadLetters, deadLetters);
    // By a policy and not by the queue's own arguments: a client that declares the queue knows nothing of them, and would
    // be refused if they differed.
    make("Policy", queue.name, {
      name: queue.name,
      pattern: `^${queue.name}$`,
      applyTo: "quorum_queues",
      definition: {
        "dead-letter-exchange": deadLetters,
        // A dead letter counts as handled once it is in its queue, which a publisher can then be asked to wait for.
        "dead-letter-strategy": "at-least-once",
        overflow: "reject-publish",
        "delivery-limit": queue.deliveryLimit,
      },
    });
    if (queue.replayDays !== undefined) {
      const stream = streamOf(queue);
      makeQueue(stream, "stream");
      makeFanout(queue.name, queue.name, stream);
      make("Policy", stream, {
        name: stream,
        pattern: `^${stream}$`,
        applyTo: "streams",
        definition: { "max-age": `${queue.replayDays}D` },
      });
    }
  }
}
