import type { ObjectFacts } from "../../../model/facts/object";
import { groupKind } from "../../../model/manifest";
import { operators } from "../../../model/operators";
import type { CustomResource } from "../../../model/operators/operator";
import { clusterWith } from "./cluster";

interface Given {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** A custom resource in the namespace `here`, by itself called `it`. */
export function resourceOf({
  apiVersion,
  kind,
  name = "it",
  labels,
  annotations,
  spec,
}: Given): CustomResource {
  return { apiVersion, kind, metadata: { name, namespace: "here", labels, annotations }, spec };
}

/** What is made of the first of the resources, on a cluster that has all of them; throws where no operator knows it. */
export function madeOf(...resources: readonly CustomResource[]): readonly ObjectFacts[] {
  const [resource] = resources;
  const operator = resource && operators.get(groupKind(resource));
  if (resource === undefined || operator === undefined) throw new Error("no operator makes anything of it");
  return operator(resource, clusterWith(resources));
}

/** `Kind/name` of objects. */
export function namesOf(objects: readonly ObjectFacts[]): readonly string[] {
  return objects.map(({ kind, name }) => `${kind}/${name}`);
}
