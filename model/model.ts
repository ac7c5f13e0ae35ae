import { selectsLabels } from "../primitives/labels";
import type { Labels, ObjectFacts } from "./facts/object";
import type { PodFacts } from "./facts/pod";
import type { Manifest } from "./manifest";

/** The maker of an object: program, chart or operator; `cluster` when it was read from a live cluster. */
export type Origin =
  | { readonly by: "program"; readonly resource: string }
  | { readonly by: "chart"; readonly resource: string; readonly release: string }
  /** `resource` is the Pulumi resource that creates the custom resource. */
  | { readonly by: "operator"; readonly resource: string; readonly of: string }
  | { readonly by: "cluster" };

/** An object that exists on a cluster once the plan is carried out. */
export type ModelObject = ObjectFacts & {
  /** The logical name of its provider without `-kubernetes`: `aws`, `linode`, `local`. */
  readonly cluster: string;
  readonly origin: Origin;
  /** `atlas`, `aiaas`, ...: the system that it belongs to; `platform` for everything else. */
  readonly system: string;
  /** The whole object, when the program creates it or it was read from a cluster. */
  readonly manifest?: Manifest;
};

/** An object that creates pods, or a pod. */
export type Workload = ModelObject & { readonly pod: PodFacts; readonly namespace: string };

/** Every object on the clusters of one stack, from any maker. */
export class Model {
  readonly #byKey = new Map<string, ModelObject[]>();
  readonly #byKind = new Map<string, ModelObject[]>();

  /** Everything that creates pods, and pods without an owner; hooks and jobs included. */
  readonly workloads: readonly Workload[];

  constructor(
    readonly stack: string,
    readonly objects: readonly ModelObject[],
  ) {
    for (const object of objects) {
      append(this.#byKey, keyOf(object), object);
      append(this.#byKind, object.kind, object);
    }
    this.workloads = objects.filter(isWorkload);
  }

  /** The clusters that have objects, by name. */
  get clusters(): readonly string[] {
    return [...new Set(this.objects.map(({ cluster }) => cluster))].sort();
  }

  /** All objects of these kinds. */
  of(...kinds: readonly string[]): readonly ModelObject[] {
    return kinds.flatMap((kind) => this.#byKind.get(kind) ?? []);
  }

  /** The object of that name; undefined when there is none, the first when several makers create it. */
  find(object: Pick<ModelObject, "cluster" | "kind" | "namespace" | "name">): ModelObject | undefined {
    return this.makersOf(object)[0];
  }

  /** Every object of that name: more than one when several makers create it. */
  makersOf(object: Pick<ModelObject, "cluster" | "kind" | "namespace" | "name">): readonly ModelObject[] {
    return this.#byKey.get(keyOf(object)) ?? [];
  }

  /** The workloads of one namespace whose pods have all these labels. */
  selected(cluster: string, namespace: string, labels: Labels): readonly Workload[] {
    return this.workloads.filter(
      (workload) =>
        workload.cluster === cluster &&
        workload.namespace === namespace &&
        selectsLabels({ matchLabels: labels }, workload.pod.labels),
    );
  }
}

function isWorkload(object: ModelObject): object is Workload {
  return object.pod !== undefined && object.namespace !== undefined;
}

function keyOf({
  cluster,
  kind,
  namespace = "",
  name,
}: Pick<ModelObject, "cluster" | "kind" | "namespace" | "name">): string {
  return [cluster, kind, namespace, name].join("/");
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
