import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster } from "./cluster";
import { type JsonObject, listAt, textAt } from "./json";
import { labelOf } from "./manifest";
import { conditionOf } from "./readiness/workloads";
import { collectionPath, objectPath, type ServedType } from "./served-types";

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
  const deadline = Date.now() + options.timeoutSeconds * 1000;
  let last = object;
  try {
    while (Date.now() < deadline) {
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
