import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import {
  custom,
  host,
  isRoot,
  mayGain,
  podObject,
  privileged,
  root,
  silent,
  unmasked,
} from "../testing/privilege-samples";
import { container, everyRole, everyWorkload, pod } from "../testing/samples";
import { unknown } from "../value";
import { privilege } from "./privilege";

export const privilegeCases: Cases = {
  policy: privilege,
  catches: [
    {
      name: "a privileged container",
      resources: [
        pod({
          containers: [container({ securityContext: { privileged: true, allowPrivilegeEscalation: false } })],
        }),
      ],
      violations: [
        'app: container "app" is privileged: remove spec.containers[0].securityContext.privileged.',
      ],
    },
    {
      name: "nothing said, in a container of every role",
      resources: [everyRole(silent)],
      violations: [
        `app: ${mayGain('container "app"', "spec.containers[0]")}`,
        `app: ${mayGain('init container "app"', "spec.initContainers[0]")}`,
        `app: ${mayGain('sidecar "app"', "spec.initContainers[1]")}`,
        `app: ${mayGain('ephemeral container "app"', "spec.ephemeralContainers[0]")}`,
      ],
    },
    {
      name: "every kind of workload",
      resources: everyWorkload({ containers: [silent] }),
      violations: everyWorkload({}).map(({ name }) => {
        const path = name === "CronJob" ? "spec.jobTemplate.spec.template.spec" : "spec.template.spec";
        return `${name}: ${mayGain('container "app"', `${path}.containers[0]`)}`;
      }),
    },
    {
      name: "an unmasked /proc",
      resources: [unmasked],
      violations: [
        'app: container "app" sees /proc as "Unmasked": remove spec.containers[0].securityContext.procMount.',
      ],
    },
    {
      name: "a pod template inside a custom resource",
      resources: [
        {
          type: "kubernetes:mongodbcommunity.mongodb.com/v1:MongoDBCommunity",
          properties: { spec: { statefulSet: { spec: { template: { spec: { containers: [silent] } } } } } },
        },
      ],
      violations: [
        `sample: ${mayGain('container "app"', "spec.statefulSet.spec.template.spec.containers[0]")}`,
      ],
    },
    {
      name: "a custom resource whose operator adds nothing",
      resources: [
        {
          type: "kubernetes:redis.redis.opstreelabs.in/v1beta2:RedisReplication",
          properties: { spec: { kubernetesConfig: { image: "docker.io/valkey/valkey:8.1.10" } } },
        },
      ],
      violations: [
        `sample: ${mayGain('container "sample"', "spec")}`,
        `sample: ${mayGain('init container "init-config"', "spec.initContainer")}`,
      ],
    },
    {
      name: "a sidecar that an operator adds as it is",
      resources: [
        {
          type: "kubernetes:redis.redis.opstreelabs.in/v1beta2:RedisCluster",
          properties: {
            spec: {
              redisLeader: { securityContext: { allowPrivilegeEscalation: false } },
              redisFollower: { securityContext: { allowPrivilegeEscalation: false } },
              initContainer: { securityContext: { allowPrivilegeEscalation: false } },
              sidecars: [silent],
            },
          },
        },
      ],
      // Leaders and followers are separate pods with the same sidecar.
      violations: [1, 2].map(() => `sample: ${mayGain('container "app"', "spec.sidecars[0]")}`),
    },

    {
      name: "custom resources that hold a whole pod, wherever it lies",
      resources: [
        custom("argoproj.io/v1alpha1:Rollout", { template: { spec: root } }),
        custom("jobset.x-k8s.io/v1alpha2:JobSet", {
          replicatedJobs: [{ template: { spec: { template: { spec: root } } } }],
        }),
        custom("serving.knative.dev/v1:Service", { template: { spec: root } }),
        custom("ray.io/v1:RayCluster", {
          headGroupSpec: { template: { spec: { containers: [container()] } } },
          workerGroupSpecs: [{ template: { spec: root } }],
        }),
        {
          type: "kubernetes:core/v1:PodTemplate",
          name: "PodTemplate",
          properties: { template: { spec: root } },
        },
      ],
      violations: [
        isRoot("Rollout", "spec.template.spec.containers[0]"),
        isRoot("JobSet", "spec.replicatedJobs[0].template.spec.template.spec.containers[0]"),
        isRoot("Service", "spec.template.spec.containers[0]"),
        isRoot("RayCluster", "spec.workerGroupSpecs[0].template.spec.containers[0]"),
        isRoot("PodTemplate", "template.spec.containers[0]"),
      ],
    },
    {
      name: "custom resources that say a part of a container, or one alone",
      resources: [
        custom("monitoring.coreos.com/v1:Prometheus", {
          containers: [{ name: "prometheus", securityContext: { privileged: true } }],
        }),
        custom("serving.kserve.io/v1beta1:InferenceService", {
          predictor: {
            model: { image: "registry.example.com/model:1.0.0", securityContext: { privileged: true } },
          },
        }),
        custom("tekton.dev/v1:Task", {
          steps: [
            {
              name: "build",
              image: "registry.example.com/build:1.0.0",
              securityContext: { privileged: true },
            },
          ],
        }),
      ],
      violations: [
        'Prometheus: container "prometheus" is privileged: remove spec.containers[0].securityContext.privileged.',
        'InferenceService: container "number 1" is privileged: remove spec.predictor.model.securityContext.privileged.',
        'Task: container "build" is privileged: remove spec.steps[0].securityContext.privileged.',
      ],
    },
    {
      name: "a patch, a list and a group of YAML",
      resources: [
        {
          type: "kubernetes:apps/v1:DeploymentPatch",
          name: "patch",
          properties: {
            spec: {
              template: { spec: { containers: [{ name: "app", securityContext: { privileged: true } }] } },
            },
          },
        },
        { type: "kubernetes:core/v1:List", name: "list", properties: { items: [podObject] } },
        {
          type: "kubernetes:yaml/v2:ConfigGroup",
          name: "group",
          properties: { objs: [podObject], yaml: JSON.stringify(podObject) },
        },
      ],
      violations: [
        'patch: container "app" is privileged: remove spec.template.spec.containers[0].securityContext.privileged.',
        `list: Pod app: ${isRoot("", "spec.containers[0]").slice(2)}`,
        `group: Pod app: ${isRoot("", "spec.containers[0]").slice(2)}`,
        `group: Pod app: ${isRoot("", "spec.containers[0]").slice(2)}`,
      ],
    },
    {
      name: "a process of a Windows node",
      resources: [
        pod({
          containers: [
            container({ securityContext: { allowPrivilegeEscalation: false, windowsOptions: host } }),
          ],
          securityContext: { windowsOptions: host },
        }),
      ],
      violations: [
        "app: the pod is a process of its Windows node: remove spec.securityContext.windowsOptions.hostProcess.",
        'app: container "app" is a process of its Windows node: remove spec.containers[0].securityContext.windowsOptions.hostProcess.',
      ],
    },
  ],
  passes: [
    {
      name: "no escalation",
      resources: [pod({ containers: [container({ securityContext: { allowPrivilegeEscalation: false } })] })],
    },
    { name: "a container of every role", resources: [everyRole(container())] },
    { name: "every kind of workload", resources: everyWorkload({ containers: [container()] }) },
    {
      name: "custom resources that leave it to their operator",
      resources: [
        {
          type: "kubernetes:kafka.strimzi.io/v1:Kafka",
          properties: { spec: { kafka: { image: "quay.io/strimzi/kafka:1.2.0-kafka-4.3.1" } } },
        },
        {
          type: "kubernetes:postgresql.cnpg.io/v1:Pooler",
          properties: { spec: { template: { spec: { containers: [{ name: "pgbouncer" }] } } } },
        },
        {
          type: "kubernetes:elasticsearch.k8s.elastic.co/v1:Elasticsearch",
          properties: {
            spec: { nodeSets: [{ podTemplate: { spec: { containers: [{ name: "search" }] } } }] },
          },
        },
      ],
    },

    {
      name: "custom resources whose pods are unprivileged, and what only looks like a pod",
      resources: [
        custom("argoproj.io/v1alpha1:Rollout", { template: { spec: { containers: [container()] } } }),
        custom("monitoring.coreos.com/v1:Prometheus", {
          image: "quay.io/prometheus/prometheus:v3.14.0",
          containers: [{ name: "prometheus", args: ["--web.enable-lifecycle"] }],
        }),
        custom("networking.istio.io/v1:Gateway", { servers: [{ hosts: ["*"], port: { name: "http" } }] }),
        custom("example.com/v1:Gallery", { image: "cover.png", containers: ["a", "b"] }),
      ],
    },
    {
      name: "a patch and a list that leave it alone",
      resources: [
        {
          type: "kubernetes:apps/v1:DeploymentPatch",
          properties: {
            spec: { template: { spec: { containers: [{ name: "app", image: "nginx:1.29.0" }] } } },
          },
        },
        {
          type: "kubernetes:core/v1:List",
          properties: { items: [{ ...podObject, spec: { containers: [container()] } }] },
        },
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the image is not known, the container is privileged",
        resources: [
          pod({
            containers: [
              container({
                image: unknown,
                securityContext: { privileged: true, allowPrivilegeEscalation: unknown },
              }),
            ],
          }),
        ],
        violations: [
          'app: container "app" is privileged: remove spec.containers[0].securityContext.privileged.',
        ],
      },
    ],
    passes: [
      {
        name: "the security context is not known",
        resources: [pod({ containers: [container({ securityContext: unknown })] })],
      },
    ],
  },
  faults: [
    ...faults.pod("securityContext.windowsOptions.hostProcess", true),
    faults.beside(faults.deployment, "kubernetes:argoproj.io/v1alpha1:Rollout", {
      metadata: { name: "rollout", namespace: "shop" },
      spec: {
        template: { spec: { containers: [privileged] } },
      },
    }),
    faults.beside(faults.deployment, "kubernetes:batch/v1:JobList", {
      items: [{ spec: { template: { spec: { containers: [privileged] } } } }],
    }),
    faults.beside(faults.deployment, "kubernetes:apps/v1:DaemonSetPatch", {
      spec: { template: { spec: { initContainers: [privileged] } } },
    }),
    ...faults.everywhere("securityContext.privileged", true),
    ...faults.everywhere("securityContext.allowPrivilegeEscalation", null),
    ...faults.everywhere("securityContext.procMount", "Unmasked"),
    faults.set(/:RedisReplication$/, "spec.redisExporter.securityContext.allowPrivilegeEscalation", true),
    faults.set(/:RedisSentinel$/, "spec.sidecars", [
      { name: "agent", image: "registry.example.com/agent:1.0.0" },
    ]),
    faults.set(/cnpg\.io\/v1:Cluster$/, "spec.securityContext.privileged", true),
  ],
};
