import type * as pulumi from "@pulumi/pulumi";
import { Rabbitmq } from "../../infra/data/rabbitmq";
import type { StoreSizes } from "../../infra/data/size";
import type { Site } from "../../infra/kit/site";

const sizes: StoreSizes = {
  production: { cpu: "500m", cpuLimit: "2000m", memory: "2Gi", memoryLimit: "2Gi", storage: "20Gi" },
  staging: { cpu: "50m", cpuLimit: "500m", memory: "512Mi", memoryLimit: "512Mi", storage: "10Gi" },
  development: { cpu: "25m", cpuLimit: "500m", memory: "256Mi", memoryLimit: "512Mi", storage: "5Gi" },
};

/** The queue that the workers consume: `QUEUE_NAME`. (003) */
export const queueName = "ai-middleware-queue";

/** The AI Middleware's queue and what is left over of it. (P9, M2, 003) */
export function createRabbitmq(
  name: string,
  site: Site,
  namespace: string,
  options: pulumi.ComponentResourceOptions,
): Rabbitmq {
  return new Rabbitmq(
    name,
    {
      site,
      namespace,
      clusterName: "rabbitmq",
      sizes,
      queues: [{ name: queueName, deliveryLimit: 5 }],
      user: "ai-middleware",
      bundle: "ai-middleware-rabbitmq",
    },
    options,
  );
}
