import { z } from "zod";
import { type Kind, type ObjectOf, schemas } from "./kinds";

/** Every object of the kinds that are read, as an API server answers at one moment. */
export type Recorded = Readonly<Partial<Record<Kind, readonly unknown[]>>>;

/** A cluster at one moment. Rows read this, so they can be tested with recorded objects. */
export class ClusterState {
  constructor(private readonly recorded: Recorded) {}

  all<Name extends Kind>(kind: Name, namespace?: string): readonly ObjectOf<Name>[] {
    return parse(kind, this.recorded[kind] ?? []).filter(
      ({ metadata }) => namespace === undefined || metadata.namespace === namespace,
    );
  }

  find<Name extends Kind>(kind: Name, namespace: string, name: string): ObjectOf<Name> | undefined {
    return this.all(kind, namespace).find(({ metadata }) => metadata.name === name);
  }

  /** The namespaces that the program made. */
  get namespaces(): readonly ObjectOf<"Namespace">[] {
    return this.all("Namespace").filter(
      ({ metadata }) => metadata.labels["app.kubernetes.io/part-of"] === "ai-platform",
    );
  }
}

function parse<Name extends Kind>(kind: Name, objects: readonly unknown[]): readonly ObjectOf<Name>[] {
  return z.array(schemas[kind]).parse(objects);
}
