import { at, isObject, items, unknown, type Value, type Values } from "../value";

/** The path at which a field is set, as a property path of the resource. */
export type Place = (field: string) => string;

/** A pod as a workload, or a custom resource's operator, would create it. */
export interface PodTemplate {
  readonly metadata: Value | undefined;
  readonly spec: Value | undefined;
  /** `spec.template.spec.hostNetwork` for `hostNetwork`. */
  readonly where: Place;
  /** Whether the pod runs to completion instead of serving. */
  readonly finishes: boolean;
}

export interface Container {
  readonly role: "container" | "init container" | "sidecar" | "ephemeral container";
  readonly name: string;
  /** Role and name, as in messages. */
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

/** An image that a pod runs or mounts. */
export interface PodImage {
  /** The container or the volume, as in messages. */
  readonly label: string;
  /** Where the image is named. */
  readonly path: string;
  readonly image: Value | undefined;
}

/** All images of a pod, including those that are only mounted. */
export function imagesOf(template: PodTemplate): readonly PodImage[] {
  return [
    ...containersOf(template).map(
      ({ label, where, value }): PodImage => ({
        label,
        path: where("image"),
        image: at(value, "image"),
      }),
    ),
    ...items(at(template.spec, "volumes")).flatMap((volume, index) => mounted(volume, index, template)),
  ];
}

function mounted(volume: Value, index: number, { where }: PodTemplate): readonly PodImage[] {
  const image = at(volume, "image", "reference");
  if (image === undefined) return [];
  const name = at(volume, "name");
  const label = `volume "${typeof name === "string" ? name : `number ${index + 1}`}"`;
  return [{ label, path: where(`volumes[${index}].image.reference`), image }];
}

function roleOf(list: (typeof lists)[number], value: Value): Container["role"] {
  if (list === "containers") return "container";
  if (list === "ephemeralContainers") return "ephemeral container";
  // An init container that is always restarted runs beside the others.
  return at(value, "restartPolicy") === "Always" ? "sidecar" : "init container";
}

const places = new WeakMap<object, Place>();

/** A container whose fields are at several paths, as in many custom resources. */
export function scattered(container: Values, where: Place): Values {
  places.set(container, where);
  return container;
}

/** The paths of such a container's fields; undefined for a container in a pod template. */
export function placeOf(container: Value): Place | undefined {
  return isObject(container) ? places.get(container) : undefined;
}

/** Fields with unknown values, because an operator may fill them in. */
export function blanks(fields: readonly string[]): Values {
  return Object.fromEntries(fields.map((field) => [field, unknown]));
}

/** What an operator may add to a container. */
export const containerBlanks = blanks([
  "image",
  "livenessProbe",
  "readinessProbe",
  "resources",
  "securityContext",
  "startupProbe",
]);

/** What an operator may add to a pod. */
export const podBlanks = blanks([
  "affinity",
  "automountServiceAccountToken",
  "nodeSelector",
  "priorityClassName",
  "securityContext",
  "serviceAccountName",
  "tolerations",
]);
