import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, eksCluster, eksPool, object } from "../testing/samples";
import { unknown, type Value, type Values } from "../value";
import { gpuPlacement } from "./gpu-placement";

const gpu = { "nvidia.com/gpu": 1 };
const taint = { key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" };
const tolerations = [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }];
const nodeSelector = { accelerator: "nvidia" };

const pools = [
  eksCluster,
  eksPool("general", {}),
  eksPool("gpu", { instanceTypes: ["g5.xlarge"], labels: nodeSelector, taints: [taint] }),
];

function model(spec: Values, asked: Value = gpu): Sample {
  return object("apps/v1:Deployment", "model", {
    template: { spec: { containers: [container({ resources: { limits: asked } })], ...spec } },
  });
}

const unselected =
  "model: spec.template.spec.nodeSelector selects no pool with 1 nvidia.com/gpu: name the labels of gpu.";
const untolerated = "model: spec.template.spec.tolerations does not tolerate the taints of gpu: add them.";

const gpuPods = /vllm|model-serving|ner-service|model-training/;

export const gpuPlacementCases: Cases = {
  policy: gpuPlacement,
  catches: [
    {
      name: "taints that it does not tolerate",
      resources: [...pools, model({ nodeSelector })],
      violations: [untolerated],
    },
    {
      name: "a pool without cards",
      resources: [...pools, model({ nodeSelector: { accelerator: "amd" }, tolerations })],
      violations: [unselected],
    },
    {
      name: "more cards than a node has",
      resources: [...pools, model({ nodeSelector, tolerations }, { "nvidia.com/gpu": "2" })],
      violations: ["model: it asks for 2 nvidia.com/gpu, and no node has more than 1."],
    },
    {
      name: "a toleration of another effect",
      resources: [
        ...pools,
        model({
          nodeSelector,
          tolerations: [{ key: "nvidia.com/gpu", value: "present", effect: "NoExecute" }],
        }),
      ],
      violations: [untolerated],
    },
  ],
  passes: [
    { name: "selected and tolerated", resources: [...pools, model({ nodeSelector, tolerations })] },
    {
      name: "by affinity, and by whatever taint",
      resources: [
        ...pools,
        model({
          tolerations: [{ operator: "Exists" }],
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: [{ key: "accelerator", operator: "Exists" }] }],
              },
            },
          },
        }),
      ],
    },
    { name: "no cards asked for", resources: [...pools, model({}, { cpu: 1 })] },
    { name: "a cluster that is not the stack's", resources: [model({})] },
    {
      name: "a label that the provider gives",
      resources: [...pools, model({ nodeSelector: { "nvidia.com/gpu.product": "A10G" }, tolerations })],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the image is not known, the taint is not tolerated",
        resources: [
          ...pools,
          model({ nodeSelector, containers: [container({ image: unknown, resources: { limits: gpu } })] }),
        ],
        violations: [untolerated],
      },
    ],
    passes: [
      {
        name: "where it may run is not known",
        resources: [...pools, model({ nodeSelector: unknown, tolerations: unknown })],
      },
      {
        name: "the labels of the pools are not known",
        resources: [
          eksCluster,
          eksPool("gpu", { labels: unknown }),
          model({}, { "nvidia.com/gpu": unknown }),
        ],
      },
    ],
  },
  faults: [
    ...faults.pod("tolerations", []),
    ...faults.pod("nodeSelector", { accelerator: "missing" }),
    ...faults.pod("containers[].resources.requests.nvidia.com/gpu", 8),
  ].map((fault) => faults.only(gpuPods, fault)),
};
