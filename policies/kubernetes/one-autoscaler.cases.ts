import type { Cases, Fault, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { object } from "../testing/samples";
import { unknown, type Value, type Values } from "../value";
import { oneAutoscaler } from "./one-autoscaler";

const web = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
const cpu = { type: "Resource", resource: { name: "cpu", target: {} } };
const requests = { type: "Pods", pods: { metric: { name: "requests" } } };

function horizontal(name: string, spec: Values = {}): Sample {
  return object("autoscaling/v2:HorizontalPodAutoscaler", name, {
    scaleTargetRef: web,
    maxReplicas: 5,
    metrics: [cpu],
    ...spec,
  });
}

function vertical(updateMode: Value, spec: Values = {}): Sample {
  return object("autoscaling.k8s.io/v1:VerticalPodAutoscaler", "vertical", {
    targetRef: web,
    updatePolicy: { updateMode },
    ...spec,
  });
}

const fights =
  'vertical: it changes the requests of cpu by which web scales: set spec.updatePolicy.updateMode to "Off".';
const twice = "second: spec.scaleTargetRef names what web scales already: keep one of them.";

const secondAutoscaler: Fault = {
  name: "a second autoscaler",
  break: (sample) =>
    sample.type.endsWith(":HorizontalPodAutoscaler")
      ? [sample, { ...sample, name: `${sample.name}-second` }]
      : undefined,
};

export const oneAutoscalerCases: Cases = {
  policy: oneAutoscaler,
  catches: [
    {
      name: "two for one workload",
      resources: [horizontal("web"), horizontal("second")],
      violations: [twice],
    },
    {
      name: "limits out of order",
      resources: [horizontal("web", { minReplicas: 6 })],
      violations: ["web: spec.minReplicas 6 is above spec.maxReplicas 5: lower it."],
    },
    {
      name: "one that sizes by the metric that the other counts by",
      resources: [horizontal("web"), vertical("InPlaceOrRecreate")],
      violations: [fights],
    },
    {
      name: "the defaults of both",
      resources: [horizontal("web", { metrics: null }), vertical(null)],
      violations: [fights],
    },
  ],
  passes: [
    {
      name: "one that counts and one that recommends",
      resources: [horizontal("web"), vertical("Off")],
    },
    {
      name: "different metrics",
      resources: [
        horizontal("web", { metrics: [requests] }),
        vertical("Auto"),
        horizontal("other", { scaleTargetRef: { ...web, name: "other" } }),
      ],
    },
    {
      name: "the metric left out",
      resources: [
        horizontal("web"),
        vertical("Auto", { resourcePolicy: { containerPolicies: [{ controlledResources: ["memory"] }] } }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the numbers are not known, the target is the same",
        resources: [horizontal("web", { maxReplicas: unknown }), horizontal("second", { metrics: unknown })],
        violations: [twice],
      },
    ],
    passes: [
      {
        name: "the target or the mode is not known",
        resources: [horizontal("web"), horizontal("second", { scaleTargetRef: unknown }), vertical(unknown)],
      },
    ],
  },
  faults: [
    secondAutoscaler,
    faults.set(/:HorizontalPodAutoscaler$/, "spec.minReplicas", 1000),
    faults.only(
      /ai-engine|market-data/,
      faults.set(/:VerticalPodAutoscaler$/, "spec.updatePolicy.updateMode", "Recreate"),
    ),
  ],
};
