import type * as pulumi from "@pulumi/pulumi";
import { Rabbitmq } from "../../infra/data/rabbitmq";
import type { StoreSizes } from "../../infra/data/size";
import type { Site } from "../../infra/kit/site";

const sizes: StoreSizes = {
  production: { cpu: "500m", cpuLimit: "2000m", memory: "2Gi", memoryLimit: "2Gi", storage: "20Gi" },
  staging: { cpu: "50m", cpuLimit: "500m", memory: "512Mi", memoryLimit: "512Mi", storage: "10Gi" },
  development: { cpu: "25m", cpuLimit: "500m", memory: "256Mi", memoryLimit: "512Mi", storage: "5Gi" },
};

/** Usage events on their way from the API Router to Analytics, each delivered at least once. (P9, 002) */
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
      queues: [{ name: "usage-events", deliveryLimit: 5, replayDays: 7 }],
      user: "aiaas",
      bundle: "aiaas-rabbitmq",
    },
    options,
  );
}
