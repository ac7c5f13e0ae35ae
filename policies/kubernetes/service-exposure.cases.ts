import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { object, release } from "../testing/samples";
import { unknown, type Values } from "../value";
import { serviceExposure } from "./service-exposure";

const service = (spec: Values, metadata: Values = {}) => object("core/v1:Service", "web", spec, metadata);
const configuration = { exposed: [{ names: ["shop/web"], reason: "Partners call it" }] };

const inside = [
  "169.254.169.254",
  "169-254-169-254.sslip.io",
  "metadata.google.internal",
  "kubernetes.default.svc",
];

export const serviceExposureCases: Cases = {
  policy: serviceExposure,
  catches: [
    {
      name: "an address of its own",
      resources: [service({ type: "LoadBalancer" })],
      violations: ["web: spec.type is LoadBalancer: set ClusterIP, or declare shop/web in exposed."],
    },
    {
      name: "a port of every node, in a namespace that is not declared",
      configuration,
      resources: [service({ type: "NodePort" }, { namespace: "other" })],
      violations: ["web: spec.type is NodePort: set ClusterIP, or declare other/web in exposed."],
    },
    {
      name: "addresses that are taken over",
      resources: [service({ externalIPs: ["203.0.113.7"] })],
      violations: ["web: spec.externalIPs is set: set ClusterIP, or declare shop/web in exposed."],
    },

    {
      name: "a patch that gives it an address",
      resources: [{ ...service({ type: "LoadBalancer" }), type: "kubernetes:core/v1:ServicePatch" }],
      violations: ["web: spec.type is LoadBalancer: set ClusterIP, or declare shop/web in exposed."],
    },

    {
      name: "Services that operators make",
      resources: [
        object("kafka.strimzi.io/v1beta2:Kafka", "kafka", {
          kafka: { listeners: [{ name: "outside", port: 9094, type: "loadbalancer" }] },
        }),
        object("redis.redis.opstreelabs.in/v1beta2:Redis", "redis", {
          kubernetesConfig: { service: { serviceType: "NodePort" } },
        }),
      ],
      violations: [
        "kafka: spec.kafka.listeners[0].type is loadbalancer: let the Service be a ClusterIP, or declare shop/kafka in exposed.",
        "redis: spec.kubernetesConfig.service.serviceType is NodePort: let the Service be a ClusterIP, or declare shop/redis in exposed.",
      ],
    },
    {
      name: "Services that charts make",
      resources: [
        release({
          namespace: "shop",
          name: "edge",
          values: { controller: { service: { type: "LoadBalancer" } } },
        }),
        release({ values: { service: { type: "NodePort" } } }),
      ],
      violations: [
        "sample: values.controller.service.type is LoadBalancer: let the Service be a ClusterIP, or declare shop/edge in exposed.",
        "sample: values.service.type is NodePort: let the Service be a ClusterIP, or declare default/sample in exposed.",
      ],
    },
    {
      name: "a name for what only the node or the cloud may reach",
      resources: inside.map((externalName) => service({ type: "ExternalName", externalName })),
      violations: inside.map(
        (name) =>
          `web: spec.externalName is ${name}, by which others reach what only the node or the cloud may: remove it.`,
      ),
    },
  ],
  passes: [
    { name: "inside the cluster", resources: [service({ type: "ClusterIP" }), service({})] },
    {
      name: "Services of operators inside the cluster, and one that is declared",
      configuration,
      resources: [
        object("kafka.strimzi.io/v1beta2:Kafka", "kafka", { kafka: { listeners: [{ type: "internal" }] } }),
        object("kafka.strimzi.io/v1beta2:Kafka", "web", { kafka: { listeners: [{ type: "nodeport" }] } }),
        object("argoproj.io/v1alpha1:Rollout", "app", { strategy: { type: "NodePort" } }),
      ],
    },
    { name: "declared", configuration, resources: [service({ type: "LoadBalancer" })] },
    {
      name: "releases: one that is declared, and one whose Service stays inside",
      configuration,
      resources: [
        release({ namespace: "shop", name: "web", values: { service: { type: "LoadBalancer" } } }),
        release({ values: { service: { type: "ClusterIP" }, updateStrategy: { type: "NodePort" } } }),
      ],
    },

    {
      name: "a name for what is elsewhere",
      resources: [service({ type: "ExternalName", externalName: "db.example.com" })],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the namespace is not known, and none of the declared has this name",
        configuration: { exposed: [{ names: ["shop/api"], reason: "Partners call it" }] },
        resources: [service({ type: "LoadBalancer" }, { namespace: unknown })],
        violations: ["web: spec.type is LoadBalancer: set ClusterIP, or declare <namespace>/web in exposed."],
      },
    ],
    passes: [
      { name: "the type is not known", resources: [service({ type: unknown })] },
      {
        name: "a release's values, or its name beside a declared one, are not known",
        configuration,
        resources: [
          release({ values: unknown }),
          release({ namespace: "shop", name: unknown, values: { service: { type: "NodePort" } } }),
        ],
      },
      {
        name: "the namespace is not known, and may be the declared one",
        configuration,
        resources: [service({ type: "LoadBalancer" }, { namespace: unknown })],
      },
    ],
  },
  faults: ["LoadBalancer", "NodePort"].map((type) =>
    faults.only(/^(?!atlas-(market-data|model-serving))/, faults.set(/core\/v1:Service$/, "spec.type", type)),
  ),
};
