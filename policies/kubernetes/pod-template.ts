import { at, isObject, items, type Value, type Values } from "../value";

/** Where a field is set, as a property path of the resource. */
export type Place = (field: string) => string;

/** A pod as a workload, or the operator of a custom resource, would make it. */
export interface PodTemplate {
  readonly metadata: Value | undefined;
  readonly spec: Value | undefined;
  /** `spec.template.spec.hostNetwork` for `hostNetwork`. */
  readonly where: Place;
  /** Whether the pod runs until it is done, and does not serve. */
  readonly finishes: boolean;
}

export interface Container {
  readonly role: "container" | "init container" | "sidecar" | "ephemeral container";
  readonly name: string;
  /** Role and name, as messages say it. */
  readonly label: string;
  /** `spec.template.spec.containers[0].image` for `image`. */
  readonly where: Place;
  readonly value: Value;
}

const lists = ["containers", "initContainers", "ephemeralContainers"] as const;

/** All containers of a pod. */
export function containersOf(template: PodTemplate): readonly Container[] {
  return lists.flatMap((list) =>
    items(at(template.spec, list)).map((value, index) => {
      const given = at(value, "name");
      const name = typeof given === "string" ? given : `number ${index + 1}`;
      const role = roleOf(list, value);
      const where = placeOf(value) ?? ((field) => template.where(`${list}[${index}].${field}`));
      return { role, name, label: `${role} "${name}"`, where, value };
    }),
  );
}

function roleOf(list: (typeof lists)[number], value: Value): Container["role"] {
  if (list === "containers") return "container";
  if (list === "ephemeralContainers") return "ephemeral container";
  // An init container that is restarted for as long as the pod lives runs beside the others.
  return at(value, "restartPolicy") === "Always" ? "sidecar" : "init container";
}

const places = new WeakMap<object, Place>();

/** A container whose fields do not lie together in a pod template, as in many custom resources. */
export function scattered(container: Values, where: Place): Values {
  places.set(container, where);
  return container;
}

function placeOf(container: Value): Place | undefined {
  return isObject(container) ? places.get(container) : undefined;
}
