import { z } from "zod";

const strings = z.record(z.string(), z.string());

const metadata = z.looseObject({
  name: z.string(),
  namespace: z.string().default(""),
  labels: strings.default({}),
  annotations: strings.default({}),
  deletionTimestamp: z.string().optional(),
  ownerReferences: z
    .array(
      z.looseObject({
        kind: z.string(),
        name: z.string().default(""),
        controller: z.boolean().default(false),
      }),
    )
    .default([]),
});

const labelSelector = z.looseObject({
  matchLabels: strings.default({}),
  matchExpressions: z
    .array(z.looseObject({ key: z.string(), operator: z.string(), values: z.array(z.string()).default([]) }))
    .default([]),
});

const intOrString = z.union([z.number(), z.string()]);

const condition = z.looseObject({
  type: z.string(),
  status: z.string(),
  reason: z.string().default(""),
  message: z.string().default(""),
});

const policyRule = z.looseObject({
  ports: z.array(z.looseObject({ port: intOrString.optional() })).default([]),
});

const container = z.looseObject({
  name: z.string(),
  env: z
    .array(
      z.looseObject({ name: z.string(), value: z.string().optional(), valueFrom: z.unknown().optional() }),
    )
    .default([]),
  resources: z.looseObject({ requests: strings.default({}), limits: strings.default({}) }).default({
    requests: {},
    limits: {},
  }),
  startupProbe: z.unknown().optional(),
  livenessProbe: z.unknown().optional(),
  readinessProbe: z.unknown().optional(),
  securityContext: z
    .looseObject({
      allowPrivilegeEscalation: z.boolean().optional(),
      readOnlyRootFilesystem: z.boolean().optional(),
      capabilities: z.looseObject({ drop: z.array(z.string()).default([]) }).default({ drop: [] }),
    })
    .default({ capabilities: { drop: [] } }),
});

const template = z.looseObject({
  metadata: z.looseObject({ labels: strings.default({}) }).default({ labels: {} }),
  spec: z.looseObject({
    containers: z.array(container),
    securityContext: z.looseObject({ runAsNonRoot: z.boolean().optional() }).default({}),
    topologySpreadConstraints: z.array(z.looseObject({ topologyKey: z.string() })).default([]),
  }),
});

const replicated = z.looseObject({
  metadata,
  spec: z.looseObject({
    replicas: z.number().default(1),
    selector: labelSelector,
    template,
    strategy: z
      .looseObject({ rollingUpdate: z.looseObject({ maxUnavailable: intOrString.optional() }).optional() })
      .optional(),
  }),
  status: z
    .looseObject({ readyReplicas: z.number().default(0), updatedReplicas: z.number().default(0) })
    .default({ readyReplicas: 0, updatedReplicas: 0 }),
});

const scalingRules = z.looseObject({
  policies: z
    .array(z.looseObject({ type: z.string(), value: z.number(), periodSeconds: z.number() }))
    .default([]),
});

const monitor = z.looseObject({
  metadata,
  spec: z.looseObject({
    selector: labelSelector,
    endpoints: z.array(z.looseObject({ interval: z.string().optional() })).default([]),
    podMetricsEndpoints: z.array(z.looseObject({ interval: z.string().optional() })).default([]),
  }),
});

const named = z.looseObject({ metadata });

const objects = {
  Node: z.looseObject({
    metadata,
    status: z
      .looseObject({ conditions: z.array(condition).default([]), allocatable: strings.default({}) })
      .default({ conditions: [], allocatable: {} }),
  }),
  Namespace: named,
  Pod: z.looseObject({
    metadata,
    status: z
      .looseObject({
        phase: z.string().default("Unknown"),
        conditions: z.array(condition).default([]),
        containerStatuses: z
          .array(
            z.looseObject({
              image: z.string().default(""),
              restartCount: z.number().default(0),
              state: z
                .looseObject({ waiting: z.looseObject({ reason: z.string().default("") }).optional() })
                .default({}),
            }),
          )
          .default([]),
      })
      .default({ phase: "Unknown", conditions: [], containerStatuses: [] }),
  }),
  ConfigMap: named,
  PersistentVolumeClaim: z.looseObject({
    metadata,
    status: z.looseObject({ phase: z.string().default("Pending") }).default({ phase: "Pending" }),
  }),
  Service: z.looseObject({
    metadata,
    spec: z.looseObject({
      type: z.string().default("ClusterIP"),
      loadBalancerClass: z.string().optional(),
      selector: strings.default({}),
    }),
    status: z
      .looseObject({
        loadBalancer: z.looseObject({ ingress: z.array(z.unknown()).default([]) }).default({ ingress: [] }),
      })
      .default({ loadBalancer: { ingress: [] } }),
  }),
  Deployment: replicated,
  StatefulSet: replicated,
  DaemonSet: z.looseObject({
    metadata,
    status: z
      .looseObject({ desiredNumberScheduled: z.number().default(0), numberReady: z.number().default(0) })
      .default({ desiredNumberScheduled: 0, numberReady: 0 }),
  }),
  HorizontalPodAutoscaler: z.looseObject({
    metadata,
    spec: z.looseObject({
      scaleTargetRef: z.looseObject({ kind: z.string(), name: z.string() }),
      minReplicas: z.number().default(1),
      maxReplicas: z.number(),
      metrics: z
        .array(
          z.looseObject({
            resource: z
              .looseObject({
                name: z.string(),
                target: z.looseObject({ averageUtilization: z.number().optional() }),
              })
              .optional(),
            pods: z
              .looseObject({
                metric: z.looseObject({ name: z.string() }),
                target: z.looseObject({ averageValue: z.string().optional() }),
              })
              .optional(),
          }),
        )
        .default([]),
      behavior: z
        .looseObject({ scaleUp: scalingRules.optional(), scaleDown: scalingRules.optional() })
        .default({}),
    }),
  }),
  PodDisruptionBudget: z.looseObject({
    metadata,
    spec: z.looseObject({
      selector: labelSelector.optional(),
      minAvailable: intOrString.optional(),
      maxUnavailable: intOrString.optional(),
    }),
  }),
  NetworkPolicy: z.looseObject({
    metadata,
    spec: z.looseObject({
      podSelector: labelSelector.default({ matchLabels: {}, matchExpressions: [] }),
      policyTypes: z.array(z.string()).default([]),
      ingress: z.array(policyRule).default([]),
      egress: z.array(policyRule).default([]),
    }),
  }),
  Ingress: z.looseObject({
    metadata,
    spec: z.looseObject({
      rules: z.array(z.looseObject({ host: z.string().default("") })).default([]),
      tls: z.array(z.looseObject({ hosts: z.array(z.string()).default([]) })).default([]),
    }),
    status: z
      .looseObject({
        loadBalancer: z.looseObject({ ingress: z.array(z.unknown()).default([]) }).default({ ingress: [] }),
      })
      .default({ loadBalancer: { ingress: [] } }),
  }),
  IngressClass: named,
  StorageClass: named,
  VolumeSnapshotClass: named,
  ServiceMonitor: monitor,
  PodMonitor: monitor,
  VerticalPodAutoscaler: z.looseObject({
    metadata,
    spec: z.looseObject({
      targetRef: z.looseObject({ name: z.string() }),
      updatePolicy: z.looseObject({ updateMode: z.string().default("Auto") }).default({ updateMode: "Auto" }),
    }),
  }),
  RedisCluster: z.looseObject({ metadata, spec: z.looseObject({ clusterSize: z.number() }) }),
  PostgresCluster: z.looseObject({ metadata, spec: z.looseObject({ instances: z.number().default(1) }) }),
  ScheduledBackup: z.looseObject({
    metadata,
    spec: z.looseObject({
      cluster: z.looseObject({ name: z.string() }),
      suspend: z.boolean().default(false),
    }),
  }),
} as const;

/** Every kind that is read. */
export type Kind = keyof typeof objects;
export type ObjectOf<Name extends Kind> = z.infer<(typeof objects)[Name]>;
export type Workload = ObjectOf<"Deployment">;
export type LabelSelector = z.infer<typeof labelSelector>;

/** The fields of each kind that rows read. */
export const schemas: { readonly [Name in Kind]: z.ZodType<ObjectOf<Name>> } = objects;

const core = "/api/v1";
const apps = "/apis/apps/v1";

/** Path of each kind on the API server. */
export const paths: Readonly<Record<Kind, string>> = {
  Node: `${core}/nodes`,
  Namespace: `${core}/namespaces`,
  Pod: `${core}/pods`,
  ConfigMap: `${core}/configmaps`,
  PersistentVolumeClaim: `${core}/persistentvolumeclaims`,
  Service: `${core}/services`,
  Deployment: `${apps}/deployments`,
  StatefulSet: `${apps}/statefulsets`,
  DaemonSet: `${apps}/daemonsets`,
  HorizontalPodAutoscaler: "/apis/autoscaling/v2/horizontalpodautoscalers",
  PodDisruptionBudget: "/apis/policy/v1/poddisruptionbudgets",
  NetworkPolicy: "/apis/networking.k8s.io/v1/networkpolicies",
  Ingress: "/apis/networking.k8s.io/v1/ingresses",
  IngressClass: "/apis/networking.k8s.io/v1/ingressclasses",
  StorageClass: "/apis/storage.k8s.io/v1/storageclasses",
  VolumeSnapshotClass: "/apis/snapshot.storage.k8s.io/v1/volumesnapshotclasses",
  ServiceMonitor: "/apis/monitoring.coreos.com/v1/servicemonitors",
  PodMonitor: "/apis/monitoring.coreos.com/v1/podmonitors",
  VerticalPodAutoscaler: "/apis/autoscaling.k8s.io/v1/verticalpodautoscalers",
  RedisCluster: "/apis/redis.redis.opstreelabs.in/v1beta2/redisclusters",
  PostgresCluster: "/apis/postgresql.cnpg.io/v1/clusters",
  ScheduledBackup: "/apis/postgresql.cnpg.io/v1/scheduledbackups",
};
