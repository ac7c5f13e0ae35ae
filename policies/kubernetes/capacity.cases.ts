import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, eksCluster, eksPool, object } from "../testing/samples";
import { unknown, type Value, type Values } from "../value";
import { capacity } from "./capacity";

const pool = eksPool("general", { scalingConfig: { maxSize: 2 } });

function workload(replicas: Value, requests: Value, pod: Values = {}): Sample {
  return object("apps/v1:Deployment", "web", {
    replicas,
    template: { spec: { containers: [container({ resources: { requests } })], ...pod } },
  });
}

const large = "web: a pod asks for 10 CPU, 1 GiB, more than any node that it may run on has.";
const short = "web: the pools general have 16 CPU for 18: raise their most nodes.";

export const capacityCases: Cases = {
  policy: capacity,
  catches: [
    {
      name: "a pod that is larger than a node",
      resources: [eksCluster, pool, workload(1, { cpu: 10, memory: "1Gi" })],
      violations: [large],
    },
    {
      name: "more pods than fit",
      resources: [eksCluster, pool, workload(3, { cpu: "6000m" })],
      violations: [short],
    },
    {
      name: "two workloads that want the same few nodes, and one that can go elsewhere",
      resources: [
        eksCluster,
        pool,
        eksPool("gpu", {
          instanceTypes: ["g5.2xlarge"],
          labels: { accelerator: "nvidia" },
          scalingConfig: { maxSize: 1 },
        }),
        workload(1, { "nvidia.com/gpu": 1 }, { nodeSelector: { accelerator: "nvidia" } }),
        {
          ...workload(1, { "nvidia.com/gpu": 1 }, { nodeSelector: { accelerator: "nvidia" } }),
          name: "other",
        },
        { ...workload(1, { cpu: 1 }), name: "anywhere" },
      ],
      violations: ["web: the pools gpu have 1 nvidia.com/gpu for 2: raise their most nodes."],
    },
    {
      name: "a pool of Linode's",
      resources: [
        {
          type: "linode:index/lkeCluster:LkeCluster",
          name: "lke",
          properties: { pools: [{ type: "g6-standard-4", count: 2 }] },
        },
        workload(3, { cpu: 3 }),
      ],
      violations: ["web: the pools lke.pools[0] have 8 CPU for 9: raise their most nodes."],
    },
  ],
  passes: [
    { name: "all fit", resources: [eksCluster, pool, workload(2, { cpu: 6, memory: "8Gi" })] },
    { name: "a cluster that is not the stack's", resources: [workload(9, { cpu: 100 })] },
    {
      name: "machines that are not known here",
      resources: [eksCluster, eksPool("general", { instanceTypes: ["x9.huge"] }), workload(9, { cpu: 100 })],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "one workload's size is not known, the other is too much already",
        resources: [
          eksCluster,
          pool,
          workload(3, { cpu: 6 }),
          { ...workload(unknown, { cpu: unknown }), name: "other" },
        ],
        violations: [short],
      },
    ],
    passes: [
      {
        name: "how far the pool grows is not known",
        resources: [eksCluster, eksPool("general", { scalingConfig: unknown }), workload(9, { cpu: 6 })],
      },
      {
        name: "which machines it has is not known",
        resources: [eksCluster, eksPool("general", { instanceTypes: unknown }), workload(9, { cpu: 60 })],
      },
    ],
  },
  faults: [
    ...faults.pod("containers[].resources.requests.cpu", "1000"),
    ...faults.pod("containers[].resources.requests.memory", "9Ti"),
    faults.set(/NodeGroup$/, "scalingConfig.maxSize", 0),
  ].map((fault) =>
    fault.name.startsWith("NodeGroup") ? faults.only(/gpu/, fault) : faults.only(/./, fault),
  ),
};
