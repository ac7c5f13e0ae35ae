import type * as pulumi from "@pulumi/pulumi";
import type { SecretReference } from "../secrets/secret-bundles";
import { type InRabbitmq, rabbitmqObject } from "./rabbitmq-object";
import type { QueueDeclaration } from "./rabbitmq-queues";

/** Arguments of {@link createRabbitmqUser}. */
export interface RabbitmqUserArgs extends InRabbitmq {
  readonly user: string;
  /** Secret with the user's `username` and `password`. */
  readonly credentials: SecretReference;
  /** What the user may use. */
  readonly queues: readonly QueueDeclaration[];
}

/** A user that may declare, fill and empty the given queues and what belongs to them, and nothing else. */
export function createRabbitmqUser(
  name: string,
  { user, credentials, queues, ...inCluster }: RabbitmqUserArgs,
  parent: pulumi.Resource,
  cluster: pulumi.Resource,
): void {
  const made = rabbitmqObject(
    name,
    {
      ...inCluster,
      kind: "User",
      objectName: user,
      spec: { importCredentialsSecret: { name: credentials.name } },
    },
    parent,
    cluster,
    credentials.resource,
  );
  const own = `(${queues.map((queue) => queue.name).join("|")})(-dead-letters|-stream)?`;
  rabbitmqObject(
    `${name}-permission`,
    {
      ...inCluster,
      kind: "Permission",
      objectName: user,
      spec: {
        vhost: "/",
        userReference: { name: user },
        permissions: {
          configure: `^${own}$`,
          // The default exchange leads a message to the queue that it is addressed to.
          write: `^(amq\\.default|${own})$`,
          read: `^${own}$`,
        },
      },
    },
    parent,
    made,
  );
}
