import { setTimeout as sleep } from "node:timers/promises";
import { ApiError } from "../../api-server/errors";
import type { Cluster } from "./cluster";
import { at, type JsonObject, listAt, textAt } from "./json";
import { annotationOf, annotations, labelOf } from "./manifest";
import { conditionOf } from "./readiness/workloads";
import { collectionPath, groupOf, objectPath, type ServedType } from "./served-types";

/** Kinds whose dependents need no waiting: the garbage collector may come later. */
const deletedAtOnce: ReadonlySet<string> = new Set([
  "/ConfigMap",
  "/Secret",
  "/Service",
  "/ServiceAccount",
  "/LimitRange",
  "/ResourceQuota",
  "/PersistentVolumeClaim",
  "rbac.authorization.k8s.io/Role",
  "rbac.authorization.k8s.io/RoleBinding",
  "rbac.authorization.k8s.io/ClusterRole",
  "rbac.authorization.k8s.io/ClusterRoleBinding",
  "networking.k8s.io/NetworkPolicy",
  "networking.k8s.io/Ingress",
  "networking.k8s.io/IngressClass",
  "policy/PodDisruptionBudget",
  "autoscaling/HorizontalPodAutoscaler",
  "scheduling.k8s.io/PriorityClass",
  "storage.k8s.io/StorageClass",
]);

/** Deletes with what the object owns, unless its annotation says otherwise; the official default. */
export function propagationOf(manifest: JsonObject): "Orphan" | "Background" | "Foreground" {
  const asked = annotationOf(manifest, annotations.deletionPropagation).toLowerCase();
  if (asked === "orphan") {
    return "Orphan";
  }
  const key = `${groupOf(textAt(manifest, "apiVersion"))}/${textAt(manifest, "kind")}`;
  return asked === "background" || deletedAtOnce.has(key) ? "Background" : "Foreground";
}

/** Asks for the deletion; returns the object while finalizers or dependents keep it, undefined when it is gone. */
export async function requestDeletion(
  cluster: Cluster,
  path: string,
  manifest: JsonObject,
): Promise<JsonObject | undefined> {
  try {
    const answer = await cluster.client.request("DELETE", path, {
      body: { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: propagationOf(manifest) },
    });
    const isGoing =
      textAt(answer, "kind") !== "Status" && at(answer, "metadata", "deletionTimestamp") !== undefined;
    return isGoing ? answer : undefined;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}

const reportMilliseconds = 5_000;

/** Waits until the object, whose deletion has been asked for, is gone; else says what holds it. */
export async function waitUntilGone(
  cluster: Cluster,
  type: ServedType,
  object: JsonObject,
  options: { readonly timeoutSeconds: number; readonly log: (message: string) => void },
): Promise<void> {
  const collection = cluster.watches.acquire(collectionPath(type));
  const [namespace, name] = [textAt(object, "metadata", "namespace"), textAt(object, "metadata", "name")];
  const version = textAt(object, "metadata", "resourceVersion");
  const deadline = performance.now() + options.timeoutSeconds * 1000;
  let last = object;
  try {
    while (performance.now() < deadline) {
      if (collection.isCurrent(version)) {
        const seen = collection.find(namespace, name);
        if (seen === undefined || textAt(seen, "metadata", "uid") !== textAt(object, "metadata", "uid")) {
          return;
        }
        last = seen;
      }
      const changed = new Promise<void>((resolve) => {
        const stop = collection.subscribe(() => {
          stop();
          resolve();
        });
      });
      const outcome = await Promise.race([changed, sleep(reportMilliseconds, "overdue" as const)]);
      if (outcome === "overdue") {
        options.log(`waiting: ${holdersOf(last)}`);
      }
    }
  } finally {
    collection.release();
  }
  const remaining = await cluster.client.find(objectPath(type, namespace, name));
  if (remaining !== undefined) {
    throw new Error(
      `${labelOf(object)} is still there after ${options.timeoutSeconds} s: ${holdersOf(remaining)}`,
    );
  }
}

function holdersOf(object: JsonObject): string {
  const conditions = [
    "NamespaceFinalizersRemaining",
    "NamespaceContentRemaining",
    "NamespaceDeletionContentFailure",
  ]
    .map((type) => conditionOf(object, type))
    .filter((condition) => textAt(condition, "status") === "True")
    .map((condition) => textAt(condition, "message"));
  const finalizers = listAt(object, "metadata", "finalizers").map(String);
  const held = finalizers.length > 0 ? [`the finalizers ${finalizers.join(", ")} hold it`] : [];
  return [...conditions, ...held].join("; ") || "its deletion has been asked for";
}
