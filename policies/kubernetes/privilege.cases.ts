import type { Cases } from "../testing/cases";
import { container, everyRole, everyWorkload, pod } from "../testing/samples";
import { unknown } from "../value";
import { privilege } from "./privilege";

const silent = container({ securityContext: {} });

function mayGain(label: string, path: string): string {
  return `${label} may gain privileges: set ${path}.securityContext.allowPrivilegeEscalation to false.`;
}

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
      resources: [
        pod({
          containers: [
            container({ securityContext: { allowPrivilegeEscalation: false, procMount: "Unmasked" } }),
          ],
        }),
      ],
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
      violations: [`sample: ${mayGain('container "redis"', "spec")}`],
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
              sidecars: [silent],
            },
          },
        },
      ],
      // Leaders and followers are pods of their own, with the same sidecar.
      violations: [1, 2].map(() => `sample: ${mayGain('container "app"', "spec.sidecars[0]")}`),
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
};
