import type { Kind } from "../../../delivery/cluster/kinds";
import { type Objects, plannedObjects } from "./planned-cluster";

export const healthy = plannedObjects();

/** An object changed by hand: properties at a path of keys. */
export function changed(kind: Kind, name: string, path: readonly string[], value: unknown): Objects {
  const objects = new Map(healthy).set(kind, structuredClone(healthy.get(kind) ?? []));
  const found = (objects.get(kind) ?? []).find((one) => nameOf(one) === name);
  if (typeof found !== "object" || found === null) throw new Error(`no ${kind} ${name} is planned`);
  put(found, path, value);
  return objects;
}

export function without(kind: Kind, name: string): Objects {
  const before = healthy.get(kind) ?? [];
  const after = before.filter((one) => nameOf(one) !== name);
  if (after.length === before.length) throw new Error(`no ${kind} ${name} is planned`);
  return new Map(healthy).set(kind, after);
}

/** Without the pods of that name, with any suffix. */
export function withoutPods(namespace: string, name: string): Objects {
  const before = healthy.get("Pod") ?? [];
  const isOne = (pod: unknown) =>
    at(at(pod, "metadata"), "namespace") === namespace &&
    at(at(at(pod, "metadata"), "labels"), "app.kubernetes.io/name") === name;
  if (!before.some(isOne)) throw new Error(`no pod of ${name} is planned`);
  return new Map(healthy).set(
    "Pod",
    before.filter((pod) => !isOne(pod)),
  );
}

export function added(kind: Kind, object: unknown): Objects {
  return new Map(healthy).set(kind, [...(healthy.get(kind) ?? []), object]);
}

/** Instances of a database, which its operator keeps itself, and a budget for each of the roles. */
export function withInstances(
  roles: readonly string[],
  budgets: readonly string[],
  minAvailable = 1,
): Objects {
  const metadata = (name: string) => ({ name, namespace: "shop" });
  const ownerReferences = [{ kind: "Cluster", name: "orders", controller: true }];
  const pods = roles.map((role, index) => ({
    metadata: { ...metadata(`orders-${index}`), labels: { role }, ownerReferences },
    spec: { containers: [] },
    status: { phase: "Running", conditions: [{ type: "Ready", status: "True" }] },
  }));
  const kept = budgets.map((role) => ({
    metadata: metadata(role),
    spec: { minAvailable: role === "primary" ? 1 : minAvailable, selector: { matchLabels: { role } } },
  }));
  return new Map(healthy)
    .set("Pod", [...(healthy.get("Pod") ?? []), ...pods])
    .set("PodDisruptionBudget", [...(healthy.get("PodDisruptionBudget") ?? []), ...kept]);
}

export function nameOf(object: unknown): unknown {
  return at(at(object, "metadata"), "name");
}

export function at(object: unknown, key: string): unknown {
  return typeof object === "object" && object !== null ? Reflect.get(object, key) : undefined;
}

export function put(object: object, [key = "", ...rest]: readonly string[], value: unknown): void {
  const inner = at(object, key);
  if (rest.length > 0 && typeof inner === "object" && inner !== null) put(inner, rest, value);
  else Reflect.set(object, key, value);
}

export const [engine, market] = ["ai-engine", "market-data"];

export const container = ["spec", "template", "spec", "containers", "0"];

export const metric = (index: number) => ["spec", "metrics", String(index)];
