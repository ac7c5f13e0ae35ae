import { at, isObject, items, unknown, type Value, type Values } from "../value";
import { isPatch } from "./objects";
import { blanks, containerBlanks, type PodTemplate, placeOf, podBlanks, scattered } from "./pod-template";

/**
 * Pods in what is no workload of Kubernetes' own and of no operator that is known here: wherever an object lies that looks like
 * a pod's, a container or a part of either. A template whose containers all name their images is taken to be the whole of the
 * pod; of any other it is not known what its operator adds.
 */
export function foundTemplatesOf(properties: Value, kind: string): readonly PodTemplate[] {
  const found: PodTemplate[] = [];
  if (isObject(properties)) search(properties, [], kind, found);
  return found;
}

const lists = ["containers", "initContainers", "ephemeralContainers"];
/** Lists of containers that other kinds have: steps of a pipeline, sidecars of a server. */
const otherLists = ["sidecars", "steps", "extraContainers", "sidecarContainers"];
const sharings = ["hostNetwork", "hostPID", "hostIPC"];

/** Kinds whose pods serve until they are replaced; of the others it is not known. */
const serving = /^(argoproj\.io\/Rollout|apps\.kruise\.io\/|serving\.knative\.dev\/)/;

function search(value: Values, path: readonly string[], kind: string, found: PodTemplate[]): void {
  const parts = podPartsOf(value, path);
  if (parts !== undefined) found.push(template(parts, value, path, kind));
  for (const [key, item] of Object.entries(value)) {
    // What is in a pod is read with it; schemas and states only talk of pods.
    if ((parts !== undefined && isOfPod(key)) || key === "status" || key === "openAPIV3Schema") continue;
    if (Array.isArray(item)) {
      const list: readonly Value[] = item;
      for (const [index, one] of list.entries()) {
        if (isObject(one)) search(one, [...path, `${key}[${index}]`], kind, found);
      }
    } else if (isObject(item)) search(item, [...path, key], kind, found);
  }
}

function isOfPod(key: string): boolean {
  return lists.includes(key) || otherLists.includes(key) || key === "volumes";
}

/** The lists of containers of what looks like a pod. */
function podPartsOf(value: Values, path: readonly string[]): Values | undefined {
  const own = lists.filter((list) => items(value[list]).some(isContainer));
  const other = otherLists.filter((list) => items(value[list]).some(isRunnable));
  const shares = sharings.some((field) => value[field] === true);
  const mounts = items(value.volumes).some((volume) =>
    ["hostPath", "image"].some((type) => isObject(at(volume, type))),
  );
  if (own.length + other.length > 0 || shares || mounts) {
    return {
      containers: [
        ...items(value.containers),
        ...other.flatMap((list) =>
          items(value[list]).map((one, index) => placed(one, [...path, `${list}[${index}]`])),
        ),
      ],
      initContainers: items(value.initContainers),
      ephemeralContainers: items(value.ephemeralContainers),
    };
  }
  return isRunnable(value) ? { containers: [value] } : undefined;
}

/** A container that lies in another list than those of a pod. */
function placed(container: Value, path: readonly string[]): Value {
  return isObject(container)
    ? scattered({ ...containerBlanks, ...container }, (field) => [...path, field].join("."))
    : container;
}

/** A container, or the part of one that its operator is to merge. */
function isContainer(value: Value): boolean {
  return (
    isObject(value) &&
    (typeof value.image === "string" || typeof value.name === "string" || isRunnable(value))
  );
}

const fields = [
  "command",
  "args",
  "env",
  "envFrom",
  "resources",
  "securityContext",
  "ports",
  "volumeMounts",
  "livenessProbe",
  "imagePullPolicy",
];

/** An object with an image and something else that only a container has. */
function isRunnable(value: Value): boolean {
  if (!isObject(value)) return false;
  const image = value.image;
  if (image !== unknown && (typeof image !== "string" || image === ""))
    return at(value, "securityContext", "privileged") === true;
  return fields.some((field) => value[field] !== undefined && value[field] !== null);
}

function template(parts: Values, value: Values, path: readonly string[], kind: string): PodTemplate {
  const containers = lists.flatMap((list) => items(parts[list]));
  const isWhole =
    !isPatch(kind) &&
    items(value.containers).length > 0 &&
    containers.every((one) => isObject(one) && at(one, "image") !== undefined);
  const single = items(parts.containers).includes(value);
  return {
    metadata: undefined,
    spec: isWhole ? { ...value, ...parts } : incomplete({ ...(single ? {} : value), ...parts }),
    where: (field) => {
      const inContainer = /^containers\[0\]\.(.*)$/.exec(field);
      return [...path, single && inContainer ? (inContainer[1] ?? "") : field].join(".");
    },
    finishes: !serving.test(kind),
  };
}

/** A pod of which only a part is said: what it does not say is not known. */
export function incomplete(spec: Value | undefined): Value {
  if (spec === unknown) return unknown;
  const given = isObject(spec) ? spec : {};
  const completed = lists.map((list) => [
    list,
    items(given[list]).map((one) => (isObject(one) ? partOf(one) : one)),
  ]);
  return { ...podBlanks, ...given, ...Object.fromEntries(completed) };
}

/** A container of which only a part is said. */
function partOf(container: Values): Values {
  const part: Values = {
    ...containerBlanks,
    ...container,
    securityContext: context(container.securityContext),
  };
  const place = placeOf(container);
  return place ? scattered(part, place) : part;
}

/** What a security context leaves out may be set as well. */
function context(given: Value | undefined): Value {
  if (!isObject(given)) return unknown;
  return {
    ...blanks([
      "allowPrivilegeEscalation",
      "readOnlyRootFilesystem",
      "runAsNonRoot",
      "runAsUser",
      "capabilities",
      "seccompProfile",
    ]),
    ...given,
    ...(isObject(given.capabilities) && { capabilities: { drop: unknown, ...given.capabilities } }),
  };
}
