import { nonRoot } from "../kubernetes/non-root";
import { resourceLimits } from "../kubernetes/resource-limits";
import type { Cases } from "../testing/cases";
import { container, release } from "../testing/samples";
import { at, unknown, type Value, type Values } from "../value";
import type { Rendering } from "./render";
import { helmRendered } from "./rendered";

function deployment(app: Values, metadata: Values = {}): Value {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", ...metadata },
    spec: { template: { spec: { containers: [app] } } },
  };
}

const loose = container({ securityContext: {} });
const exempt = {
  "policies.ai-platform/exempt-kubernetes-non-root": "2026-07-01 The vendor's image needs root",
};

const charts: Readonly<Record<string, Rendering>> = {
  loose: {
    objects: [
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "job" },
        spec: { containers: [{ ...loose, resources: null }] },
      },
      deployment(loose),
    ],
  },
  tight: { objects: [deployment(container())] },
  exempt: { objects: [deployment(loose, { annotations: exempt })] },
  broken: { fault: "values don't meet the specifications of the schema" },
};

/** Replaces Helm, which not every machine has. */
function rendered(properties: Value): Rendering {
  const chart = at(properties, "chart");
  return typeof chart === "string" ? charts[chart] : undefined;
}

const wanted = { render: true };
const root = (object: string, path: string): string =>
  `sample: ${object}, kubernetes-non-root: container "app" may run as root: set ${path}.containers[0].securityContext.runAsNonRoot (or the pod's) to true.`;
const limits =
  'sample: Pod job, kubernetes-resource-limits: container "app": set requests.cpu, requests.memory, limits.memory, limits.cpu below spec.containers[0].resources.';

function except(name: string): object {
  return { ...wanted, unjudged: [{ names: [name], reason: "The vendor's image needs root" }] };
}

export const helmRenderedCases: Cases = {
  policy: helmRendered([nonRoot, resourceLimits], rendered),
  catches: [
    {
      name: "a chart whose pods may run as root",
      configuration: wanted,
      resources: [release({ chart: "loose" })],
      violations: [root("Pod job", "spec"), limits, root("Deployment web", "spec.template.spec")],
    },
    {
      name: "a chart that is let off one policy",
      configuration: except("loose kubernetes-non-root"),
      resources: [release({ chart: "loose" })],
      violations: [limits],
    },
    {
      name: "a chart that does not take its values",
      configuration: wanted,
      resources: [release({ chart: "broken" })],
      violations: ["sample: the chart does not render: values don't meet the specifications of the schema"],
    },
  ],
  passes: [
    { name: "a chart that holds to them", configuration: wanted, resources: [release({ chart: "tight" })] },
    { name: "charts are rendered only where it is wanted", resources: [release({ chart: "loose" })] },
    { name: "a chart that is not to be had", configuration: wanted, resources: [release({})] },
    {
      name: "an object that is exempt by its own annotation",
      configuration: wanted,
      resources: [release({ chart: "exempt" })],
    },
    {
      name: "a namespace that is not judged",
      configuration: except("node-agents"),
      resources: [release({ chart: "loose", namespace: "node-agents" })],
    },
    {
      name: "a chart that is not judged",
      configuration: except("loose"),
      resources: [release({ chart: "loose" })],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the release's description is not known",
        configuration: wanted,
        resources: [release({ chart: "loose", description: unknown })],
        violations: [root("Pod job", "spec"), limits, root("Deployment web", "spec.template.spec")],
      },
    ],
    passes: [
      {
        name: "which namespace is not known",
        configuration: except("node-agents"),
        resources: [release({ chart: "loose", namespace: unknown })],
      },
    ],
  },
};
