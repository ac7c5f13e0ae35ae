import { z } from "zod";
import { poolLabel } from "../infra/kit/pool-label";
import { readPlan } from "../model/read-plan";

const podSpec = z.looseObject({
  nodeSelector: z.record(z.string(), z.string()).default({}),
  containers: z.array(
    z.looseObject({
      resources: z
        .looseObject({ limits: z.record(z.string(), z.unknown()).default({}) })
        .default({ limits: {} }),
    }),
  ),
});

const template = z.looseObject({ template: z.looseObject({ spec: podSpec }) });

const workload = z.union([
  z.looseObject({ spec: template }).transform(({ spec }) => spec.template.spec),
  z
    .looseObject({ spec: z.looseObject({ jobTemplate: z.looseObject({ spec: template }) }) })
    .transform(({ spec }) => spec.jobTemplate.spec.template.spec),
]);

/** The pool of each workload with cards in the reviewed plan of a stack; undefined for one that goes to any. */
function poolsOf(stack: string): Readonly<Record<string, string | undefined>> {
  const plan = readPlan(stack);
  const all = ["apps/v1:Deployment", "batch/v1:Job", "batch/v1:CronJob"].flatMap((type) =>
    plan.all(`kubernetes:${type}`, workload),
  );
  return Object.fromEntries(
    all
      .filter(({ inputs }) => inputs.containers.some(({ resources }) => "nvidia.com/gpu" in resources.limits))
      .map(({ name, inputs }) => [name, inputs.nodeSelector[poolLabel]]),
  );
}

test("every workload with cards goes to the pool that its system's gpuPool names (A4, B2, N1)", () => {
  expect(poolsOf("prod")).toEqual({
    "aiaas-vllm-deployment": "gpu",
    "atlas-model-serving-deployment": "gpu-a10",
    "market-research-model-training-cron-job": "gpu-a10",
    "market-research-ner-service-deployment": "gpu-a10",
  });
  expect(Object.values(poolsOf("staging"))).toEqual(["gpu-t4"]);
});
