import { z } from "zod";
import { resources } from "../parts/container";
import { placement } from "../parts/placement";

/**
 * The fields of a RabbitmqCluster from which RabbitMQ cluster operator 2.22.3 creates objects, with its
 * defaults.
 */
export const clusterSpec = placement.pick({ affinity: true, tolerations: true }).extend({
  replicas: z.number().default(1),
  image: z.string().default("rabbitmq:4.2.6-management"),
  resources: resources.default({
    limits: { cpu: "2000m", memory: "2Gi" },
    requests: { cpu: "1000m", memory: "2Gi" },
  }),
  persistence: z
    .object({ storage: z.string().default("10Gi"), storageClassName: z.string().optional() })
    .prefault({}),
  rabbitmq: z
    .object({
      additionalPlugins: z.array(z.string()).default([]),
      advancedConfig: z.string().optional(),
      envConfig: z.string().optional(),
      erlangInetConfig: z.string().optional(),
    })
    .prefault({}),
  tls: z
    .object({
      secretName: z.string().optional(),
      caSecretName: z.string().optional(),
      disableNonTLSListeners: z.boolean().default(false),
    })
    .prefault({}),
  service: z
    .object({ type: z.string().default("ClusterIP"), labels: z.record(z.string(), z.string()).optional() })
    .prefault({}),
  terminationGracePeriodSeconds: z.number().default(604800),
  override: z
    .object({
      statefulSet: z
        .object({
          spec: z.object({ replicas: z.number().optional(), template: z.unknown().optional() }).optional(),
        })
        .optional(),
    })
    .optional(),
});

export type ClusterSpec = z.infer<typeof clusterSpec>;

/** False for a cluster without persistent storage. */
export function keeps(storage: string): boolean {
  return Number.parseFloat(storage) > 0;
}

/** Labels of all objects of a cluster. */
export function ownLabels(name: string): Record<string, string> {
  return {
    "app.kubernetes.io/component": "rabbitmq",
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/part-of": "rabbitmq",
  };
}
