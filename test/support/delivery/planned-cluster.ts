import { join } from "node:path";
import { z } from "zod";
import { expectations } from "../../../delivery/cluster/clouds";
import { ClusterState } from "../../../delivery/cluster/cluster-state";
import { type Kind, paths } from "../../../delivery/cluster/kinds";
import type { LiveCluster } from "../../../delivery/cluster/live-cluster";
import { readStackFacts } from "../../../delivery/stack-facts";
import { modelOf } from "../../../model/expand";
import { manifestOfFacts } from "../../../model/facts/to-manifest";
import type { Manifest } from "../../../model/manifest";
import type { ModelObject } from "../../../model/model";
import { readPlan } from "../../../model/read-plan";

/** Objects by kind, which a test may change before it looks at them. */
export type Objects = Map<Kind, unknown[]>;

/**
 * Production's EKS cluster in a healthy state, by the reviewed plan: the objects of the program, the charts
 * and the operators, from the model. Names and labels that rows use are thus checked against the chart lock.
 */
export function plannedObjects(): Objects {
  // Which Deployments of charts are unused on purpose an annotation says, and the lock keeps none.
  const standing = modelOf(readPlan("prod")).objects.filter(
    ({ cluster, hook, origin, replicas }) =>
      cluster === "aws" && hook === undefined && !(origin.by === "chart" && replicas === 0),
  );
  const manifests = standing.flatMap((object) => wholeOf(object) ?? []);
  const pods = standing.flatMap((object) => podOf(object) ?? []);
  const objects: Objects = new Map();
  for (const kind of Object.keys(paths).filter(isKind)) {
    const ofKind = manifests.filter((one) => kindOf(one) === kind).map((one) => well(kind, one, manifests));
    objects.set(kind, [
      ...ofKind,
      ...(kind === "Node" ? [...nodes, cardNode] : []),
      ...(kind === "Pod" ? pods : []),
    ]);
  }
  return objects;
}

/** A cluster of these objects, with the facts of production. */
export function liveCluster(objects: Objects, query: LiveCluster["query"] = async () => 0): LiveCluster {
  return {
    placement: "aws",
    expected: expectations.aws,
    facts: readStackFacts(join(__dirname, "..", "..", ".."), "prod"),
    state: new ClusterState(Object.fromEntries(objects)),
    sandbox: undefined,
    query,
  };
}

/** The object as an API server would have it; undefined where the lock does not say enough. */
function wholeOf(object: ModelObject): Manifest | undefined {
  const { manifest, apiVersion, kind, name, namespace, labels, spec, owner } = object;
  const made =
    manifest ??
    manifestOfFacts(object) ??
    (apiVersion === undefined
      ? undefined
      : { apiVersion, kind, metadata: { name, namespace, labels }, spec });
  const [ownerKind, ownerName] = owner?.split("/") ?? [];
  const ownerReferences = owner === undefined ? [] : [{ kind: ownerKind, name: ownerName }];
  return made && { ...made, metadata: { ...made.metadata, ownerReferences } };
}

function isKind(name: string): name is Kind {
  return name in paths;
}

function kindOf({ apiVersion, kind }: Manifest): Kind | undefined {
  const name = kind === "Cluster" && apiVersion.startsWith("postgresql") ? "PostgresCluster" : kind;
  return isKind(name) && paths[name].includes(apiVersion) ? name : undefined;
}

const counted = z.looseObject({ replicas: z.number().optional() }).default({});

/** The object with the status that its controller gives it when all is well. */
function well(kind: Kind, object: Manifest, all: readonly Manifest[]): unknown {
  switch (kind) {
    case "Deployment":
    case "StatefulSet": {
      const spec = counted.parse(object.spec);
      const replicas = spec.replicas ?? autoscaled(object, all) ?? 1;
      const status = { readyReplicas: replicas, updatedReplicas: replicas };
      return { ...object, spec: { ...spec, replicas }, status };
    }
    case "DaemonSet":
      return { ...object, status: { desiredNumberScheduled: nodes.length, numberReady: nodes.length } };
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

function autoscaled({ metadata }: Manifest, all: readonly Manifest[]): number | undefined {
  return all
    .filter((one) => one.kind === "HorizontalPodAutoscaler" && one.metadata.namespace === metadata.namespace)
    .map(({ spec }) => autoscaler.parse(spec))
    .find(({ scaleTargetRef }) => scaleTargetRef.name === metadata.name)?.minReplicas;
}

const ready = [{ type: "Ready", status: "True" }];

/** One of the pods that an object makes. */
function podOf({ kind, name, namespace, replicas, pod }: ModelObject): unknown {
  return pod === undefined || replicas === 0 || kind.endsWith("Job")
    ? undefined
    : {
        metadata: { name: kind === "Pod" ? name : `${name}-0`, namespace, labels: pod.labels },
        status: { phase: "Running", conditions: ready },
      };
}

const nodes: readonly unknown[] = ["us-east-1a", "us-east-1b", "us-east-1c"].map((zone) => ({
  metadata: { name: `node-${zone}`, labels: { "topology.kubernetes.io/zone": zone } },
  status: { conditions: ready },
}));

/** One with a card, as the seeds label it. */
const cardNode = {
  metadata: {
    name: "node-card",
    labels: { accelerator: "nvidia-gpu", "topology.kubernetes.io/zone": "us-east-1b" },
  },
  status: { conditions: ready, allocatable: { "nvidia.com/gpu": "1" } },
};
