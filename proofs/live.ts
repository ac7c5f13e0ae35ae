import { withPassing } from "../model/expand";
import { Model, type ModelObject } from "../model/model";
import { nameOf } from "./proof";

/** What cannot stand where charts could not be fetched and operators do no work. */
export interface StoodIn {
  /** Resources of the releases that were only recorded: `aws-platform-metrics-release`. */
  readonly recordedReleases: readonly string[];
}

/**
 * The model of clusters as they stand, with what the plan knows of each object: who makes it. What stands is taken as it stands,
 * in namespaces of the plan also what nothing in the plan makes; what does not stand is not there.
 *
 * @param planned what should stand
 * @param live what does
 * @param standIns on the sandbox's clusters: the objects of recorded releases, and what operators would make, are as planned
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
    // Which key of a Secret names an address is not known, and so not which of its readers calls it.
    return [{ ...standing, origin, system, ...(object.kind === "Secret" && { urls: object.urls }) }];
  });
  // What operators make for a while only is no stranger, and soon gone.
  const known = new Set(withPassing(planned).objects.map(nameOf));
  const strange = live.objects.filter(
    (object) =>
      !known.has(nameOf(object)) &&
      ours.has(`${object.cluster}/${object.namespace ?? ""}`) &&
      !isEveryNamespaces(object) &&
      !(object.kind === "Job" && object.owner !== undefined),
  );
  return new Model(planned.stack, [...found, ...strange]);
}

/** Kinds such as Cluster exist in several API groups. */
function isSameGroup(one: ModelObject, other: ModelObject): boolean {
  const [left, right] = [groupOf(one), groupOf(other)];
  return left === undefined || right === undefined || left === right;
}

function groupOf({ manifest, apiVersion = manifest?.apiVersion }: ModelObject): string | undefined {
  return apiVersion?.includes("/") ? apiVersion.split("/")[0] : undefined;
}

/** What Kubernetes, or the mesh, puts into every namespace. */
function isEveryNamespaces({ kind, name }: ModelObject): boolean {
  return (
    (kind === "ServiceAccount" && name === "default") ||
    (kind === "ConfigMap" && ["kube-root-ca.crt", "istio-ca-root-cert"].includes(name))
  );
}
