import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ClusterState } from "../cluster/cluster-state";
import { type Kind, paths } from "../cluster/kinds";
import type { LiveCluster } from "../cluster/live-cluster";
import { readStackFacts } from "../stack-facts";

const root = join(__dirname, "..", "..");

/** A file of the golden plan, as much of it as tells which object it is and where it goes. */
const planned = z.looseObject({
  inputs: z.looseObject({
    apiVersion: z.string().optional(),
    kind: z.string().optional(),
    metadata: z.looseObject({ name: z.string(), namespace: z.string().default("") }).optional(),
    spec: z.looseObject({ replicas: z.number().optional() }).optional(),
  }),
  options: z.looseObject({ provider: z.string().optional() }).optional(),
});

type Planned = z.infer<typeof planned>["inputs"];

/** Objects by kind, which a test may change before it looks at them. */
export type Objects = Map<Kind, unknown[]>;

/** Production's EKS cluster as it would be with the reviewed plan: each object as planned, all well. */
export function plannedObjects(): Objects {
  const folder = join(root, "test", "golden", "plan", "prod");
  const all = readdirSync(folder)
    .map((file) => planned.parse({ inputs: {}, ...JSON.parse(readFileSync(join(folder, file), "utf8")) }))
    .filter(({ options }) => options?.provider?.endsWith("::aws-kubernetes"))
    .map(({ inputs }) => inputs);
  const objects: Objects = new Map();
  for (const kind of Object.keys(paths).filter(isKind)) {
    const ofKind = all.filter((one) => kindOf(one) === kind);
    objects.set(kind, [...ofKind.map((one) => well(kind, one, all)), ...(others[kind] ?? [])]);
  }
  return objects;
}

/** A cluster of these objects, with the facts of production. */
export function liveCluster(objects: Objects, query: LiveCluster["query"] = async () => 0): LiveCluster {
  return {
    placement: "aws",
    facts: readStackFacts(root, "prod"),
    state: new ClusterState(Object.fromEntries(objects)),
    sandbox: undefined,
    query,
  };
}

function isKind(name: string): name is Kind {
  return name in paths;
}

function kindOf({ apiVersion, kind }: Planned): Kind | undefined {
  const name = kind === "Cluster" && apiVersion?.startsWith("postgresql") ? "PostgresCluster" : (kind ?? "");
  return isKind(name) && paths[name].includes(apiVersion ?? "-") ? name : undefined;
}

/** The object with the status that its controller gives it when all is well. */
function well(kind: Kind, object: Planned, all: readonly Planned[]): unknown {
  switch (kind) {
    case "Deployment": {
      const replicas = object.spec?.replicas ?? autoscaled(object, all) ?? 1;
      const status = { readyReplicas: replicas, updatedReplicas: replicas };
      return { ...object, spec: { ...object.spec, replicas }, status };
    }
    case "Service":
    case "Ingress":
      return { ...object, status: { loadBalancer: { ingress: [{ hostname: "balancer.example" }] } } };
    case "PersistentVolumeClaim":
      return { ...object, status: { phase: "Bound" } };
    default:
      return object;
  }
}

const autoscaler = z.looseObject({
  scaleTargetRef: z.looseObject({ name: z.string() }),
  minReplicas: z.number(),
});

function autoscaled({ metadata }: Planned, all: readonly Planned[]): number | undefined {
  return all
    .filter(
      (one) => one.kind === "HorizontalPodAutoscaler" && one.metadata?.namespace === metadata?.namespace,
    )
    .map(({ spec }) => autoscaler.parse(spec))
    .find(({ scaleTargetRef }) => scaleTargetRef.name === metadata?.name)?.minReplicas;
}

const ready = [{ type: "Ready", status: "True" }];

function pod(namespace: string, name: string): unknown {
  return {
    metadata: { name: `${name}-0`, namespace, labels: { "app.kubernetes.io/name": name } },
    status: { phase: "Running", conditions: ready },
  };
}

function members(name: string): unknown {
  const labels = { cluster: "market-data-redis" };
  return {
    metadata: { name, namespace: "atlas-ai-production" },
    spec: {
      replicas: 3,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [] } },
    },
    status: { readyReplicas: 3, updatedReplicas: 3 },
  };
}

/** What is there without a resource of its own in the plan: nodes, and what charts and operators make. */
const others: Readonly<Partial<Record<Kind, readonly unknown[]>>> = {
  Node: ["us-east-1a", "us-east-1b", "us-east-1c"].map((zone) => ({
    metadata: { name: `node-${zone}`, labels: { "topology.kubernetes.io/zone": zone } },
    status: { conditions: ready },
  })),
  Pod: [
    ...["prometheus", "alertmanager", "grafana", "opentelemetry-collector", "tempo"].map((name) =>
      pod("atlas-monitoring", name),
    ),
    pod("atlas-logging", "loki"),
  ],
  StatefulSet: [members("market-data-redis-leader"), members("market-data-redis-follower")],
  DaemonSet: [
    {
      metadata: { name: "fluent-bit", namespace: "node-agents" },
      status: { desiredNumberScheduled: 3, numberReady: 3 },
    },
  ],
  Deployment: [
    {
      metadata: { name: "velero", namespace: "velero" },
      spec: {
        replicas: 1,
        selector: { matchLabels: { name: "velero" } },
        template: { metadata: { labels: { name: "velero" } }, spec: { containers: [] } },
      },
      status: { readyReplicas: 1, updatedReplicas: 1 },
    },
  ],
  ConfigMap: [{ metadata: { name: "disaster-recovery-runbook", namespace: "atlas-monitoring" } }],
};
