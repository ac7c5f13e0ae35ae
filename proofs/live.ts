import { withPassing } from "../model/expand";
import { Model, type ModelObject } from "../model/model";
import { nameOf } from "./proof";

/** What cannot run where charts are not available and operators do not work. */
export interface StoodIn {
  /** Resources of releases that are only recorded: `aws-platform-metrics-release`. */
  readonly recordedReleases: readonly string[];
}

/**
 * The model of clusters in their current state, with the plan's knowledge of each object's maker. In
 * namespaces of the plan it also contains objects that nothing in the plan creates; missing objects are left
 * out.
 *
 * @param planned the objects that should exist
 * @param live the objects that exist
 * @param standIns on the sandbox's clusters: the objects of recorded releases, and of operators, are taken
 *   from the plan
 */
export function asItStands(planned: Model, live: Model, standIns?: StoodIn): Model {
  const recorded = new Set(standIns?.recordedReleases);
  const isStoodIn = ({ origin }: ModelObject): boolean =>
    (origin.by === "chart" && recorded.has(origin.resource)) ||
    (origin.by === "operator" && standIns !== undefined);
  const ours = new Set(planned.of("Namespace").map(({ cluster, name }) => `${cluster}/${name}`));
  const found = planned.objects.flatMap((object) => {
    if (isStoodIn(object)) {
      return [object];
    }
    const standing = live.makersOf(object).find((one) => isSameGroup(one, object));
    if (standing === undefined) {
      return [];
    }
    const { origin, system } = object;
    // It is unknown which key of a Secret contains an address, and therefore which of its readers calls it.
    return [{ ...standing, origin, system, ...(object.kind === "Secret" && { urls: object.urls }) }];
  });
  // Temporary objects of operators are expected, and soon gone.
  const known = new Set(withPassing(planned).objects.map(nameOf));
  const strange = live.objects.filter(
    (object) =>
      !known.has(nameOf(object)) &&
      ours.has(`${object.cluster}/${object.namespace ?? ""}`) &&
      !isEveryNamespaces(object) &&
      !(object.kind === "Job" && object.owner !== undefined) &&
      !isByTemplate(object, found),
  );
  return new Model(planned.stack, [...found, ...strange]);
}

/** A claim that is made from a template, or for a pod: what declares it is judged. */
function isByTemplate(
  { kind, cluster, namespace, name, owner }: ModelObject,
  all: readonly ModelObject[],
): boolean {
  if (kind !== "PersistentVolumeClaim") return false;
  return (
    owner !== undefined ||
    all.some(
      (one) =>
        one.cluster === cluster &&
        one.namespace === namespace &&
        one.claims?.some((claim) => isOrdinalOf(name, `${claim.name}-${one.name}-`)),
    )
  );
}

function isOrdinalOf(name: string, prefix: string): boolean {
  return name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length));
}

/** Kinds such as Cluster exist in several API groups. */
function isSameGroup(one: ModelObject, other: ModelObject): boolean {
  const [left, right] = [groupOf(one), groupOf(other)];
  return left === undefined || right === undefined || left === right;
}

function groupOf({ manifest, apiVersion = manifest?.apiVersion }: ModelObject): string | undefined {
  return apiVersion?.includes("/") ? apiVersion.split("/")[0] : undefined;
}

/** Objects that Kubernetes or the mesh creates in every namespace. */
function isEveryNamespaces({ kind, name }: ModelObject): boolean {
  return (
    (kind === "ServiceAccount" && name === "default") ||
    (kind === "ConfigMap" && ["kube-root-ca.crt", "istio-ca-root-cert"].includes(name))
  );
}
