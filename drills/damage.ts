import type { KubernetesObject } from "../sandbox/api-server/object";
import type { DrillCluster } from "./drill-cluster";
import { titleOf } from "./objects";
import { some } from "./random";

interface Harmed extends KubernetesObject {
  readonly spec?: object;
  readonly data?: object;
}

/** Something that a hand with kubectl does to an object that the stack owns. */
interface Harm {
  readonly kind: string;
  /** Path of the kind's objects, in all namespaces. */
  readonly list: string;
  /** Plural name of the kind below a namespace. */
  readonly resource: string;
  readonly what: string;
  /** Merge patch; undefined deletes the object. */
  readonly patch?: object;
}

const harms: readonly Harm[] = [
  {
    kind: "Deployment",
    list: "/apis/apps/v1/deployments",
    resource: "deployments",
    what: "its pods may run as root",
    patch: { spec: { template: { spec: { securityContext: { runAsNonRoot: false } } } } },
  },
  {
    kind: "PodDisruptionBudget",
    list: "/apis/policy/v1/poddisruptionbudgets",
    resource: "poddisruptionbudgets",
    what: "deleted",
  },
  {
    kind: "NetworkPolicy",
    list: "/apis/networking.k8s.io/v1/networkpolicies",
    resource: "networkpolicies",
    what: "opened to everybody",
    patch: { spec: { ingress: [{}], policyTypes: ["Ingress", "Egress"] } },
  },
  {
    kind: "HorizontalPodAutoscaler",
    list: "/apis/autoscaling/v2/horizontalpodautoscalers",
    resource: "horizontalpodautoscalers",
    what: "another maximum",
    patch: { spec: { maxReplicas: 99 } },
  },
  {
    kind: "ConfigMap",
    list: "/api/v1/configmaps",
    resource: "configmaps",
    what: "deleted",
  },
];

/** Harms one object of each kind that the stack has, chosen at random; answers with what was done. */
export async function damage(cluster: DrillCluster, random: () => number): Promise<readonly string[]> {
  const done: string[] = [];
  for (const harm of harms) {
    const { kind, list, resource, what, patch } = harm;
    for (const { metadata } of some(await ownObjects(cluster, harm), 1, random)) {
      const path = `${list.slice(0, -resource.length)}namespaces/${metadata.namespace}/${resource}/${metadata.name}`;
      if (patch === undefined) {
        await cluster.api.delete(path);
      } else {
        await cluster.api.patch(path, patch);
      }
      done.push(`${cluster.name}: ${titleOf({ kind, metadata })}: ${what}`);
    }
  }
  return done;
}

/** What may be harmed, as it is now: its specification or its data, by cluster and title. */
export type Intact = ReadonlyMap<string, string>;

/** To be read before any damage. */
export async function intact(clusters: readonly DrillCluster[]): Promise<Intact> {
  const found = new Map<string, string>();
  for (const cluster of clusters) {
    for (const harm of harms) {
      for (const { metadata, spec, data } of await ownObjects(cluster, harm)) {
        found.set(
          `${cluster.name}: ${titleOf({ kind: harm.kind, metadata })}`,
          JSON.stringify(spec ?? data ?? {}),
        );
      }
    }
  }
  return found;
}

/** What is not again as it was. */
export async function stillDamaged(
  clusters: readonly DrillCluster[],
  before: Intact,
): Promise<readonly string[]> {
  const now = await intact(clusters);
  return [...before]
    .filter(([title, content]) => now.get(title) !== content)
    .map(([title]) => `${title} is not as it was before the damage`);
}

async function ownObjects(cluster: DrillCluster, { list }: Harm): Promise<readonly Harmed[]> {
  const selector = encodeURIComponent("app.kubernetes.io/managed-by=pulumi");
  return (await cluster.api.list<Harmed>(`${list}?labelSelector=${selector}`)).items;
}
