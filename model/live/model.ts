import { declaredNamespaces, type NamespaceOwner } from "../../infra/cluster/namespaces";
import { factsOfManifest } from "../facts/of-manifest";
import { entriesAt } from "../facts/read";
import type { Manifest } from "../manifest";
import { Model, type ModelObject } from "../model";
import type { ApiReader } from "./list";
import { readObjects } from "./objects";
import type { Unread } from "./served";

/** What runs on live clusters. */
export interface LiveModel {
  readonly model: Model;
  /** What could not be read: the model lacks its objects although they may exist. */
  readonly unread: readonly (Unread & { readonly cluster: string })[];
}

/**
 * The model of clusters in their current state. It contains the objects of the program, charts and operators,
 * all with the origin `cluster`, and nothing is expanded: operators have done their work, or their objects
 * are missing. An object belongs to the system that owns its namespace. Its manifest is the whole object from
 * the server; of a Secret only the keys are kept.
 *
 * @param clusters API servers by the clusters' names in a plan's model: `aws`, `linode`, `local`
 * @param systems every system that has namespaces
 * @throws Error when an API server cannot be reached, or does not tell what it serves
 */
export async function modelOfClusters(
  stack: string,
  clusters: Readonly<Record<string, ApiReader>>,
  systems: readonly NamespaceOwner[],
): Promise<LiveModel> {
  const owners = new Map(declaredNamespaces(systems).map(({ name, owner }) => [name, owner]));
  const read = await Promise.all(
    Object.entries(clusters).map(async ([cluster, api]) => ({ cluster, ...(await readObjects(api)) })),
  );
  const objects = read.flatMap(({ cluster, objects }) =>
    objects.map((one) => modelObject(cluster, one, owners)),
  );
  return {
    model: new Model(stack, objects),
    unread: read.flatMap(({ cluster, unread }) => unread.map((one) => ({ ...one, cluster }))),
  };
}

function modelObject(cluster: string, object: Manifest, owners: ReadonlyMap<string, string>): ModelObject {
  const { namespace } = object.metadata;
  return {
    ...factsOfManifest(object),
    namespace,
    cluster,
    system: owners.get(namespace ?? "") ?? "platform",
    origin: { by: "cluster" },
    manifest: object.kind === "Secret" ? withoutTexts(object) : object,
  };
}

/** Copies of a Secret's texts are in the annotation of `kubectl apply` too. */
function withoutTexts({ data, stringData: _, metadata, ...rest }: Manifest): Manifest {
  const annotations = Object.entries(metadata.annotations ?? {}).filter(([key]) => key !== lastApplied);
  return {
    ...rest,
    metadata: { ...metadata, annotations: Object.fromEntries(annotations) },
    data: Object.fromEntries(entriesAt(data).map(([key]) => [key, ""])),
  };
}

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";
