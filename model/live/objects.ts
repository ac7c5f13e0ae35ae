import { booleanAt, listAt, textAt } from "../facts/read";
import { type Manifest, manifest } from "../manifest";
import { type ApiReader, listObjects } from "./list";
import { type ServedKind, servedKinds, type Unread, unreadOf } from "./served";

/** The objects on a cluster, and what could not be read. */
export interface LiveObjects {
  readonly objects: readonly Manifest[];
  readonly unread: readonly Unread[];
}

/**
 * Reads every object on a cluster. Left out are objects that are being deleted, pods that have ended, what a
 * workload creates itself (pods of a StatefulSet, ReplicaSets of a Deployment), and the records that
 * Kubernetes and Helm keep.
 *
 * @throws Error when the API server cannot be reached, or does not list its APIs
 */
export async function readObjects(api: ApiReader): Promise<LiveObjects> {
  const served = await servedKinds(api);
  const wanted = served.kinds.filter(
    ({ kind, apiVersion }) => !records.has(kind) && !computed.test(apiVersion),
  );
  const found = await Promise.all(wanted.map((kind) => objectsOf(api, kind)));
  return {
    objects: found.flatMap(({ objects }) => objects),
    unread: [...served.unread, ...found.flatMap(({ unread }) => unread)],
  };
}

/** Kinds with Kubernetes' own records about other objects. */
const records: ReadonlySet<string> = new Set([
  "ComponentStatus",
  "ControllerRevision",
  "Endpoints",
  "EndpointSlice",
  "Event",
  "Lease",
]);

/** API groups with figures instead of objects: `metrics.k8s.io/v1beta1`, `custom.metrics.k8s.io/v1beta2`. */
const computed = /(^|\.)metrics\.k8s\.io\//;

async function objectsOf(api: ApiReader, { apiVersion, kind, path }: ServedKind): Promise<LiveObjects> {
  try {
    const items = await listObjects(api, path);
    const objects = items.map((item) => manifest.parse({ ...manifestLike.parse(item), apiVersion, kind }));
    return { objects: objects.filter(stands), unread: [] };
  } catch (error) {
    return { objects: [], unread: unreadOf(path, error) };
  }
}

/** An item of a list, which does not contain its kind. */
const manifestLike = manifest.partial({ apiVersion: true, kind: true });

function stands(object: Manifest): boolean {
  return (
    textAt(object, "metadata", "deletionTimestamp") === undefined &&
    !(object.kind === "Pod" && ended.has(textAt(object, "status", "phase") ?? "")) &&
    textAt(object, "type") !== "helm.sh/release.v1" &&
    !isMadeByWorkload(object)
  );
}

const ended: ReadonlySet<string> = new Set(["Succeeded", "Failed"]);

/** Kubernetes' own kinds that create pods, directly or not. */
const workloads: ReadonlySet<string> = new Set([
  "CronJob",
  "DaemonSet",
  "Deployment",
  "Job",
  "ReplicaSet",
  "StatefulSet",
]);

function isMadeByWorkload(object: Manifest): boolean {
  return listAt(object, "metadata", "ownerReferences").some(
    (owner) => booleanAt(owner, "controller") === true && workloads.has(textAt(owner, "kind") ?? ""),
  );
}
