import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, everyWorkload, pod } from "../testing/samples";
import { unknown } from "../value";
import { nonRoot } from "./non-root";

const unset = container({ securityContext: {} });

export const nonRootCases: Cases = {
  policy: nonRoot,
  catches: [
    {
      name: "nothing said about the user",
      resources: [pod({ containers: [{ name: "app", image: "registry.example.com/app:1.4.2" }] })],
      violations: [
        'app: container "app" may run as root: set spec.containers[0].securityContext.runAsNonRoot (or the pod\'s) to true.',
      ],
    },
    {
      name: "user 0 in the container and in the pod",
      resources: [
        pod({
          securityContext: { runAsNonRoot: true, runAsUser: 0 },
          containers: [container({ securityContext: { runAsUser: 0 } })],
        }),
      ],
      violations: [
        "app: spec.securityContext.runAsUser is 0, which is root: set another user.",
        'app: container "app": spec.containers[0].securityContext.runAsUser is 0, which is root: set another user.',
      ],
    },
    {
      name: "a pod's security context alone, in a custom resource",
      resources: [
        {
          type: "kubernetes:kafka.strimzi.io/v1:KafkaConnect",
          name: "connect",
          properties: { spec: { template: { pod: { securityContext: { runAsUser: 0 } } } } },
        },
      ],
      violations: [
        "connect: spec.template.pod.securityContext.runAsUser is 0, which is root: set another user.",
      ],
    },
    {
      name: "a part of a known operator's pods that its table does not read",
      resources: [
        {
          type: "kubernetes:kafka.strimzi.io/v1beta2:Kafka",
          properties: { spec: { kafka: { template: { pod: { securityContext: { runAsUser: 0 } } } } } },
        },
      ],
      violations: [
        "sample: spec.kafka.template.pod.securityContext.runAsUser is 0, which is root: set another user.",
      ],
    },
    {
      name: "a container that overrides the pod",
      resources: [
        pod({
          securityContext: { runAsNonRoot: true },
          containers: [container({ securityContext: { runAsNonRoot: false } })],
        }),
      ],
      violations: [
        'app: container "app" may run as root: set spec.containers[0].securityContext.runAsNonRoot (or the pod\'s) to true.',
      ],
    },
    {
      name: "a user other than root who is not held to it",
      resources: [pod({ containers: [container({ securityContext: { runAsUser: 1000 } })] })],
      violations: [
        'app: container "app" may run as root: set spec.containers[0].securityContext.runAsNonRoot (or the pod\'s) to true.',
      ],
    },
    {
      name: "init and ephemeral containers",
      resources: [pod({ containers: [container()], initContainers: [unset], ephemeralContainers: [unset] })],
      violations: [
        'app: init container "app" may run as root: set spec.initContainers[0].securityContext.runAsNonRoot (or the pod\'s) to true.',
        'app: ephemeral container "app" may run as root: set spec.ephemeralContainers[0].securityContext.runAsNonRoot (or the pod\'s) to true.',
      ],
    },
    {
      name: "every kind of workload",
      resources: everyWorkload({ containers: [unset] }),
      violations: everyWorkload({}).map(({ name }) => {
        const path = name === "CronJob" ? "spec.jobTemplate.spec.template.spec" : "spec.template.spec";
        return `${name}: container "app" may run as root: set ${path}.containers[0].securityContext.runAsNonRoot (or the pod's) to true.`;
      }),
    },
  ],
  passes: [
    {
      name: "the pod speaks for its containers",
      resources: [
        pod({
          securityContext: { runAsNonRoot: true, runAsUser: 65532 },
          containers: [{ name: "app", image: "registry.example.com/app:1.4.2" }],
        }),
      ],
    },
    {
      name: "each container speaks for itself",
      resources: [pod({ containers: [container()], initContainers: [container()] })],
    },
    { name: "every kind of workload", resources: everyWorkload({ containers: [container()] }) },
    {
      name: "a kind that makes no pods",
      resources: [{ type: "kubernetes:core/v1:ConfigMap", properties: { data: { user: "0" } } }],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "one container is not known, the other is wrong",
        resources: [pod({ containers: [unknown, container({ securityContext: { runAsUser: 0 } })] })],
        violations: [
          'app: container "app": spec.containers[1].securityContext.runAsUser is 0, which is root: set another user.',
          'app: container "app" may run as root: set spec.containers[1].securityContext.runAsNonRoot (or the pod\'s) to true.',
        ],
      },
      {
        name: "the image is not known, the user is root",
        resources: [pod({ containers: [{ name: "app", image: unknown }] })],
        violations: [
          'app: container "app" may run as root: set spec.containers[0].securityContext.runAsNonRoot (or the pod\'s) to true.',
        ],
      },
    ],
    passes: [
      {
        name: "the pod may turn out to speak for the container",
        resources: [pod({ securityContext: unknown, containers: [unset] })],
      },
    ],
  },
  faults: [
    ...faults.pod("securityContext.runAsUser", 0),
    ...faults.everywhere("securityContext.runAsNonRoot", false),
    faults.set(/:Redis(Replication|Sentinel)$/, "spec.securityContext.runAsNonRoot", false),
    faults.set(/:RedisCluster$/, "spec.redisFollower.securityContext.runAsNonRoot", false),
  ],
};
