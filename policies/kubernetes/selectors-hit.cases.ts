import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, object } from "../testing/samples";
import { unknown, type Value, type Values } from "../value";
import { selectorsHit } from "./selectors-hit";

function workload(labels: Value = { app: "web" }, metadata: Values = {}): Sample {
  const template: Values = { metadata: { labels }, spec: { containers: [container()] } };
  return object(
    "apps/v1:Deployment",
    "web",
    { selector: { matchLabels: { app: "web" } }, template },
    metadata,
  );
}

function service(selector: Value, metadata: Values = {}): Sample {
  return {
    ...object("core/v1:Service", "web", { selector }, { labels: { app: "web" }, ...metadata }),
    name: "service",
  };
}

function budget(selector: Value): Sample {
  return { ...object("policy/v1:PodDisruptionBudget", "web", { selector }), name: "budget" };
}

function networkPolicy(podSelector: Value): Sample {
  return { ...object("networking.k8s.io/v1:NetworkPolicy", "web", { podSelector }), name: "policy" };
}

function monitor(kind: string, spec: Values): Sample {
  return { ...object(`monitoring.coreos.com/v1:${kind}`, "web", spec), name: "monitor" };
}

const web = { matchLabels: { app: "web" } };
const shop = { matchLabels: { app: "shop" } };
const release: Sample = {
  type: "kubernetes:helm.sh/v3:Release",
  name: "release",
  properties: { name: "redis", namespace: "shop", chart: "redis" },
};

function misses(name: string, path: string, what: string): string {
  return `${name}: ${path} (app=shop) selects ${what}: make its labels theirs.`;
}

export const selectorsHitCases: Cases = {
  policy: selectorsHit,
  catches: [
    {
      name: "a Service without pods",
      resources: [workload(), service({ app: "shop" })],
      violations: [misses("service", "spec.selector", "no pods in its namespace")],
    },
    {
      name: "a budget and a policy for nothing",
      resources: [workload(), budget(shop), networkPolicy(shop)],
      violations: [
        misses("budget", "spec.selector", "no pods in its namespace"),
        misses("policy", "spec.podSelector", "no pods in its namespace"),
      ],
    },
    {
      name: "monitors of nothing",
      resources: [
        workload(),
        service({ app: "web" }),
        monitor("PodMonitor", { selector: shop }),
        monitor("ServiceMonitor", { selector: shop }),
        {
          ...monitor("PodMonitor", { selector: web, namespaceSelector: { matchNames: ["other"] } }),
          name: "elsewhere",
        },
      ],
      violations: [
        misses("monitor", "spec.selector", "no pods where it looks"),
        "elsewhere: spec.selector (app=web) selects no pods where it looks: make its labels theirs.",
        misses("monitor", "spec.selector", "no Services where it looks"),
      ],
    },
    {
      name: "pods in another namespace",
      resources: [workload({ app: "web" }, { namespace: "other" }), service({ app: "web" })],
      violations: [
        "service: spec.selector (app=web) selects no pods in its namespace: make its labels theirs.",
      ],
    },
    {
      name: "a workload that misses its own pods",
      resources: [workload({ app: "shop" })],
      violations: ["web: spec.selector (app=web) selects not even its own pods: make its labels theirs."],
    },
    {
      name: "beside a Helm release, where the stack lists what is out of sight",
      configuration: { outOfSight: [{ names: ["app=redis"], reason: "A chart makes it" }] },
      resources: [release, workload(), service({ app: "shop" })],
      violations: [misses("service", "spec.selector", "no pods in its namespace")],
    },
    {
      name: "beside a Helm release, whose pods have other labels, or are in another namespace",
      configuration: {
        outOfSight: [],
        made: [
          { namespace: "shop", pods: ["app=redis,role=leader"], services: ["app=shop"] },
          { namespace: "cache", pods: ["app=shop"] },
        ],
      },
      resources: [release, workload(), service({ app: "shop" })],
      violations: [misses("service", "spec.selector", "no pods in its namespace")],
    },
    {
      name: "one label of a chart's pod, and one that the pod has not",
      configuration: { outOfSight: [], made: [{ namespace: "shop", pods: ["app=shop,role=leader"] }] },
      resources: [release, service({ app: "shop", role: "follower" })],
      violations: [
        "service: spec.selector (app=shop, role=follower) selects no pods in its namespace: make its labels theirs.",
      ],
    },
    {
      name: "a monitor of pods where only a Service has the labels, and one that looks elsewhere",
      configuration: { outOfSight: [], made: [{ namespace: "shop", services: ["app=shop"] }] },
      resources: [
        monitor("PodMonitor", { selector: shop }),
        {
          ...monitor("ServiceMonitor", { selector: shop, namespaceSelector: { matchNames: ["cache"] } }),
          name: "elsewhere",
        },
      ],
      violations: [
        misses("monitor", "spec.selector", "no pods where it looks"),
        misses("elsewhere", "spec.selector", "no Services where it looks"),
      ],
    },
  ],
  passes: [
    {
      name: "selectors that hit",
      resources: [
        workload(),
        service({ app: "web" }),
        budget(web),
        networkPolicy(web),
        monitor("PodMonitor", { selector: web, namespaceSelector: { matchNames: ["shop"] } }),
        monitor("ServiceMonitor", { selector: web, namespaceSelector: { any: true } }),
      ],
    },
    {
      name: "a Service without a selector, and a policy for all pods",
      resources: [service(null), networkPolicy({})],
    },
    { name: "beside a Helm release", resources: [release, service({ app: "shop" })] },
    {
      name: "pods and Services that a chart makes",
      configuration: {
        outOfSight: [],
        made: [{ namespace: "shop", pods: ["app=shop,role=leader"], services: ["app=shop,role=leader"] }],
      },
      resources: [
        service({ app: "shop" }),
        budget({ matchExpressions: [{ key: "role", operator: "In", values: ["leader"] }] }),
        monitor("ServiceMonitor", { selector: shop }),
        {
          ...monitor("PodMonitor", { selector: shop, namespaceSelector: { any: true } }),
          name: "everywhere",
        },
      ],
    },
    {
      name: "what the stack lists as out of sight",
      configuration: { outOfSight: [{ names: ["app=shop", "tier"], reason: "A chart makes it" }] },
      resources: [
        service({ app: "shop" }),
        budget({ matchExpressions: [{ key: "tier", operator: "Exists" }] }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "one label is not known, the other rules every pod out",
        resources: [workload(), service({ app: "shop", version: unknown })],
        violations: [
          "service: spec.selector (app=shop, version=?) selects no pods in its namespace: make its labels theirs.",
        ],
      },
    ],
    passes: [
      {
        name: "the labels of the pods are not known",
        resources: [workload(unknown), service({ app: "shop" })],
      },
      {
        name: "where the pods are is not known",
        resources: [workload({ app: "web" }, { namespace: unknown }), service({ app: "web" })],
      },
    ],
  },
  faults: [
    faults.missing(/core\/v1:Service$/, "spec.selector"),
    faults.missing(/:PodDisruptionBudget$/, "spec.selector.matchLabels"),
    faults.missing(/:NetworkPolicy$/, "spec.podSelector.matchLabels"),
    faults.missing(/:PodMonitor$/, "spec.selector.matchLabels"),
    faults.missing(/:ServiceMonitor$/, "spec.selector.matchLabels"),
    faults.missing(faults.deployment, "spec.selector.matchLabels"),
  ],
};
