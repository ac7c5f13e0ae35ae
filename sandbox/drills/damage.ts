import type { KubernetesObject } from "../cluster/api";
import type { DrillCluster } from "./drill-cluster";
import { titleOf } from "./objects";
import { some } from "./random";

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
    what: "other labels on the pods",
    patch: { spec: { template: { metadata: { labels: { tampered: "true" } } }, revisionHistoryLimit: 1 } },
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

/** Objects that the program made carry this label. */
const ownObjects = "app.kubernetes.io/managed-by=pulumi";

/** Harms one object of each kind that the stack has, chosen at random; answers with what was done. */
export async function damage(cluster: DrillCluster, random: () => number): Promise<readonly string[]> {
  const done: string[] = [];
  for (const { kind, list, resource, what, patch } of harms) {
    const { items } = await cluster.api.list<KubernetesObject>(
      `${list}?labelSelector=${encodeURIComponent(ownObjects)}`,
    );
    for (const { metadata } of some(items, 1, random)) {
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
