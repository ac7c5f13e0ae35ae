import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, object } from "../testing/samples";
import { unknown, type Value, type Values } from "../value";
import { disruptionBudget } from "./disruption-budget";

const selector = { matchLabels: { app: "web" } };

function workload(replicas: Value, labels: Value = { app: "web" }, kind = "Deployment"): Sample {
  const template: Values = { metadata: { labels }, spec: { containers: [container()] } };
  return object(`apps/v1:${kind}`, "web", { replicas, selector, template });
}

function budget(spec: Values, metadata: Values = {}): Sample {
  return { ...object("policy/v1:PodDisruptionBudget", "web", spec, metadata), name: "web-budget" };
}

function autoscaler(spec: Values, kind = "Deployment"): Sample {
  const scaleTargetRef = { apiVersion: "apps/v1", kind, name: "web" };
  const sample = object("autoscaling/v2:HorizontalPodAutoscaler", "web", {
    scaleTargetRef,
    maxReplicas: 10,
    ...spec,
  });
  return { ...sample, name: "web-autoscaler" };
}

function uncovered(replicas: number): string {
  return `web: ${replicas} replicas and no PodDisruptionBudget in their namespace selects them: add one whose spec.selector matches spec.template.metadata.labels.`;
}

function noRoom(field: string, replicas: string, fix: string): string {
  return `web-budget: spec.${field} lets none of ${replicas} go, so a node drain never ends: ${fix}.`;
}

const lower = "lower it, or raise the smallest number of replicas";

export const disruptionBudgetCases: Cases = {
  policy: disruptionBudget,
  catches: [
    { name: "no budget", resources: [workload(3)], violations: [uncovered(3)] },
    {
      name: "no budget for a StatefulSet",
      resources: [workload(3, { app: "web" }, "StatefulSet")],
      violations: [uncovered(3)],
    },
    {
      name: "a budget for other labels",
      resources: [workload(3), budget({ minAvailable: 1, selector: { matchLabels: { app: "shop" } } })],
      violations: [uncovered(3)],
    },
    {
      name: "a budget whose expression does not hold",
      resources: [
        workload(3),
        budget({
          minAvailable: 1,
          selector: {
            ...selector,
            matchExpressions: [{ key: "tier", operator: "In", values: ["front", "back"] }],
          },
        }),
      ],
      violations: [uncovered(3)],
    },
    {
      name: "a budget without a selector, which selects nothing",
      resources: [workload(3), budget({ minAvailable: 1 })],
      violations: [uncovered(3)],
    },
    {
      name: "a budget in another namespace",
      resources: [workload(3), budget({ minAvailable: 1, selector }, { namespace: "other" })],
      violations: [uncovered(3)],
    },
    {
      name: "a budget in another cluster",
      resources: [workload(3), { ...budget({ minAvailable: 1, selector }), provider: "other" }],
      violations: [uncovered(3)],
    },
    {
      name: "an autoscaler that keeps more than one",
      resources: [workload(null), autoscaler({ minReplicas: 2 })],
      violations: [uncovered(2)],
    },
    {
      name: "an autoscaler for another kind of the same name",
      resources: [workload(3), autoscaler({ minReplicas: 1 }, "StatefulSet")],
      violations: [uncovered(3)],
    },
    {
      name: "all must stay",
      resources: [workload(2), budget({ minAvailable: 2, selector })],
      violations: [noRoom("minAvailable 2", "2 replicas", lower)],
    },
    {
      name: "a percentage that rounds up to all",
      resources: [workload(3), budget({ minAvailable: "67%", selector })],
      violations: [noRoom("minAvailable 67%", "3 replicas", lower)],
    },
    {
      name: "room at the wished size, none where the autoscaler may end",
      resources: [workload(5), autoscaler({ minReplicas: 2 }), budget({ minAvailable: 2, selector })],
      violations: [noRoom("minAvailable 2", "2 replicas", lower)],
    },
    {
      name: "a single replica that must stay",
      resources: [workload(1), budget({ minAvailable: 1, selector })],
      violations: [noRoom("minAvailable 1", "1 replica", lower)],
    },
    {
      name: "none may go",
      resources: [workload(4), budget({ maxUnavailable: "0%", selector })],
      violations: [noRoom("maxUnavailable 0%", "4 replicas", "raise it to at least 1")],
    },
    {
      name: "a budget that says nothing",
      resources: [workload(4), budget({ selector })],
      violations: [
        "web-budget: neither spec.minAvailable nor spec.maxUnavailable is set, which lets no pod go: set one of them.",
      ],
    },
    {
      name: "two budgets",
      resources: [
        workload(3),
        budget({ minAvailable: 1, selector }),
        { ...budget({ maxUnavailable: 1, selector: {} }), name: "all-budget" },
      ],
      violations: [
        "web: selected by 2 PodDisruptionBudgets (web-budget, all-budget), and then no pod can be evicted: keep one.",
      ],
    },

    {
      name: "an autoscaler of KEDA that leaves one",
      resources: [
        object("apps/v1:Deployment", "worker", {
          replicas: 3,
          template: { metadata: { labels: { app: "worker" } } },
        }),
        object("policy/v1:PodDisruptionBudget", "budget", {
          selector: { matchLabels: { app: "worker" } },
          minAvailable: 1,
        }),
        object("keda.sh/v1alpha1:ScaledObject", "scaler", {
          scaleTargetRef: { name: "worker" },
          minReplicaCount: 1,
        }),
      ],
      violations: [
        "budget: spec.minAvailable 1 lets none of 1 replica go, so a node drain never ends: lower it, or raise the smallest number of replicas.",
      ],
    },
  ],
  passes: [
    { name: "one may go", resources: [workload(3), budget({ maxUnavailable: 1, selector })] },
    { name: "a single replica", resources: [workload(1)] },
    { name: "a workload that does not say how many", resources: [workload(null)] },
    {
      name: "a workload that is switched off",
      resources: [workload(0), budget({ minAvailable: 1, selector })],
    },
    {
      name: "a percentage that leaves one",
      resources: [workload(3), budget({ minAvailable: "66%", selector })],
    },
    {
      name: "a small percentage, which rounds up to one",
      resources: [workload(3), budget({ maxUnavailable: "1%", selector })],
    },
    {
      name: "every operator of expressions",
      resources: [
        workload(2, { app: "web", tier: "front" }),
        budget({
          maxUnavailable: 1,
          selector: {
            matchExpressions: [
              { key: "tier", operator: "In", values: ["front", "back"] },
              { key: "app", operator: "NotIn", values: ["shop"] },
              { key: "zone", operator: "NotIn", values: ["a"] },
              { key: "app", operator: "Exists" },
              { key: "canary", operator: "DoesNotExist" },
            ],
          },
        }),
      ],
    },
    {
      name: "the autoscaler's smallest number, not the workload's",
      resources: [workload(1), autoscaler({ minReplicas: 3 }), budget({ minAvailable: 2, selector })],
    },
    { name: "an autoscaler down to one", resources: [workload(3), autoscaler({})] },
    {
      name: "one budget over two workloads",
      resources: [
        workload(1),
        { ...workload(1), type: "kubernetes:apps/v1:StatefulSet", name: "web-store" },
        budget({ minAvailable: 1, selector }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the image and the namespace are not known, and there is no budget at all",
        resources: [
          object("apps/v1:Deployment", "web", { replicas: 3, template: unknown }, { namespace: unknown }),
        ],
        violations: [uncovered(3)],
      },
      {
        name: "one label is not known, another already rules the budget out",
        resources: [
          workload(3, { app: "web", version: unknown }),
          budget({ minAvailable: 1, selector: { matchLabels: { version: "2", app: "shop" } } }),
        ],
        violations: [uncovered(3)],
      },
      {
        name: "one of the values is not known, the label has another that is",
        resources: [
          workload(2),
          budget({
            minAvailable: 2,
            selector: { matchExpressions: [{ key: "app", operator: "In", values: [unknown, "web"] }] },
          }),
        ],
        violations: [noRoom("minAvailable 2", "2 replicas", lower)],
      },
    ],
    passes: [
      ...["NotIn", "DoesNotExist"].map((operator) => ({
        name: `whether ${operator} holds is not known`,
        resources: [
          workload(2, { app: "web", version: unknown }),
          budget({
            minAvailable: 2,
            selector: { matchExpressions: [{ key: "version", operator, values: ["2"] }] },
          }),
        ],
      })),
      { name: "how many is not known", resources: [workload(unknown)] },
      {
        name: "the labels are not known",
        resources: [workload(3, unknown), budget({ minAvailable: 1, selector })],
      },
      {
        name: "how many may go is not known",
        resources: [workload(3), budget({ minAvailable: unknown, selector })],
      },
      {
        name: "whether the autoscaler is for it is not known",
        resources: [workload(3), autoscaler({ scaleTargetRef: { kind: "Deployment", name: unknown } })],
      },
    ],
  },
  faults: [
    faults.only(/disruption-budget$/, faults.set(/:PodDisruptionBudget$/, "spec.maxUnavailable", 0)),
    faults.gone(/:PodDisruptionBudget$/, /disruption-budget$/),
  ],
};
