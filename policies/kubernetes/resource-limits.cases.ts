import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, everyWorkload, pod } from "../testing/samples";
import { unknown } from "../value";
import { resourceLimits } from "./resource-limits";

const requests = { cpu: "100m", memory: "64Mi" };
const bare = container({ resources: {} });
const everything = "requests.cpu, requests.memory, limits.memory, limits.cpu";

export const resourceLimitsCases: Cases = {
  policy: resourceLimits,
  catches: [
    {
      name: "no limits",
      resources: [
        pod({
          containers: [{ name: "app", image: "registry.example.com/app:1.4.2", resources: { requests } }],
        }),
      ],
      violations: ['app: container "app": set limits.memory, limits.cpu below spec.containers[0].resources.'],
    },
    {
      name: "a sidecar that a plugin adds to every PostgreSQL",
      resources: [
        {
          type: "kubernetes:barmancloud.cnpg.io/v1:ObjectStore",
          properties: { spec: { configuration: { destinationPath: "s3://backups" } } },
        },
      ],
      violations: [
        'sample: container "plugin-barman-cloud": set requests.cpu, requests.memory, limits.memory, limits.cpu below spec.instanceSidecarConfiguration.resources.',
      ],
    },
    {
      name: "no requests",
      resources: [pod({ containers: [container({ resources: { limits: { cpu: 2, memory: "1Gi" } } })] })],
      violations: [
        'app: container "app": set requests.cpu, requests.memory below spec.containers[0].resources.',
      ],
    },
    {
      name: "a sidecar without anything",
      resources: [pod({ containers: [container()], initContainers: [{ ...bare, restartPolicy: "Always" }] })],
      violations: [`app: sidecar "app": set ${everything} below spec.initContainers[0].resources.`],
    },
    {
      name: "a request of zero",
      resources: [
        pod({
          containers: [
            container({
              resources: { requests: { cpu: "0m", memory: 0 }, limits: { cpu: 1, memory: "1Gi" } },
            }),
          ],
        }),
      ],
      violations: [
        'app: container "app": set requests.cpu, requests.memory below spec.containers[0].resources.',
      ],
    },
    {
      name: "every kind of workload",
      resources: everyWorkload({ containers: [bare] }),
      violations: everyWorkload({}).map(({ name }) => {
        const path = name === "CronJob" ? "spec.jobTemplate.spec.template.spec" : "spec.template.spec";
        return `${name}: container "app": set ${everything} below ${path}.containers[0].resources.`;
      }),
    },
  ],
  passes: [
    {
      name: "requests and limits",
      resources: [
        pod({
          containers: [
            {
              name: "app",
              image: "registry.example.com/app:1.4.2",
              resources: { requests, limits: { cpu: 1, memory: "128Mi" } },
            },
          ],
        }),
      ],
    },
    {
      name: "an ephemeral container, which cannot have resources",
      resources: [pod({ containers: [container()], ephemeralContainers: [{ name: "debug" }] })],
    },
    {
      name: "no CPU limit where the stack allows it",
      configuration: { cpuLimits: false },
      resources: [pod({ containers: [container({ resources: { requests, limits: { memory: "128Mi" } } })] })],
    },
    { name: "every kind of workload", resources: everyWorkload({ containers: [container()] }) },
  ],
  withUnknowns: {
    catches: [
      {
        name: "limits are not known, requests are not there",
        resources: [pod({ containers: [container({ resources: { limits: unknown } })] })],
        violations: [
          'app: container "app": set requests.cpu, requests.memory below spec.containers[0].resources.',
        ],
      },
    ],
    passes: [
      {
        name: "the size is not known",
        resources: [pod({ containers: [container({ resources: { requests: unknown, limits: unknown } })] })],
      },
    ],
  },
  faults: [
    ...faults.everywhere("resources.limits", null),
    ...faults.everywhere("resources.requests.memory", null),
    ...faults.everywhere("resources.limits.cpu", null),
    faults.without(/:Redis(Cluster|Replication|Sentinel)$/, "spec.kubernetesConfig.resources.limits"),
    faults.without(/cnpg\.io\/v1:Cluster$/, "spec.resources.requests"),
    faults.without(/:ObjectStore$/, "spec.instanceSidecarConfiguration.resources.limits"),
  ],
};
