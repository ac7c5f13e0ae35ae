import { at, isObject, items, unknown, type Value, type Values } from "../value";
import { isPatch } from "./objects";
import { blanks, containerBlanks, type PodTemplate, placeOf, podBlanks, scattered } from "./pod-template";

/**
 * Pods in custom resources of unknown operators: any object that looks like a pod, a container or a part of
 * one. A template in which every container names its image counts as complete; for any other it is unknown
 * what the operator adds.
 */
export function foundTemplatesOf(properties: Value, kind: string): readonly PodTemplate[] {
  const found: PodTemplate[] = [];
  if (isObject(properties)) search(properties, undefined, kind, found);
  return found;
}

/** The way to a value; its text is needed only where a pod is found. */
interface Path {
  readonly above: Path | undefined;
  readonly step: string;
}

function steps(path: Path | undefined): readonly string[] {
  return path === undefined ? [] : [...steps(path.above), path.step];
}

const lists = ["containers", "initContainers", "ephemeralContainers"];
/** Other lists of containers: steps of a pipeline, sidecars of a server. */
const otherLists = ["sidecars", "steps", "extraContainers", "sidecarContainers"];
const sharings = ["hostNetwork", "hostPID", "hostIPC"];

/** Without one of these keys an object is no pod, no container and no part of one. */
const telling = new Set([...lists, ...otherLists, ...sharings, "volumes", "image", "securityContext"]);

/** Kinds whose pods serve until they are replaced; for other kinds this is unknown. */
const serving = /^(argoproj\.io\/Rollout|apps\.kruise\.io\/|serving\.knative\.dev\/)/;

function search(value: Values, path: Path | undefined, kind: string, found: PodTemplate[]): void {
  const keys = Object.keys(value);
  const parts = keys.some((key) => telling.has(key)) ? podPartsOf(value, path) : undefined;
  if (parts !== undefined) found.push(template(parts, value, steps(path), kind));
  for (const key of keys) {
    const item = value[key];
    // A pod is read as a whole; schemas and status only describe pods.
    if ((parts !== undefined && isOfPod(key)) || key === "status" || key === "openAPIV3Schema") continue;
    if (Array.isArray(item)) {
      const list: readonly Value[] = item;
      for (const [index, one] of list.entries()) {
        if (isObject(one)) search(one, { above: path, step: `${key}[${index}]` }, kind, found);
      }
    } else if (isObject(item)) search(item, { above: path, step: key }, kind, found);
  }
}

function isOfPod(key: string): boolean {
  return lists.includes(key) || otherLists.includes(key) || key === "volumes";
}

/** The container lists of an object that looks like a pod. */
function podPartsOf(value: Values, path: Path | undefined): Values | undefined {
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
          items(value[list]).map((one, index) => placed(one, [...steps(path), `${list}[${index}]`])),
        ),
      ],
      initContainers: items(value.initContainers),
      ephemeralContainers: items(value.ephemeralContainers),
    };
  }
  if (isRunnable(value)) return { containers: [value] };
  return isRootContext(value.securityContext) ? {} : undefined;
}

/** A container in a list that pods do not have. */
function placed(container: Value, path: readonly string[]): Value {
  return isObject(container)
    ? scattered({ ...containerBlanks, ...container }, (field) => [...path, field].join("."))
    : container;
}

/** A container, or a part of one that the operator merges. */
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

/** A security context of a pod as a whole. */
function isRootContext(context: Value | undefined): boolean {
  const user = at(context, "runAsUser");
  return user === 0 || user === "0";
}

/** Rights that only a container's security context grants. */
function isPowerful(context: Value | undefined): boolean {
  return at(context, "privileged") === true || items(at(context, "capabilities", "add")).length > 0;
}

/** An object with an image and another field that only containers have. */
function isRunnable(value: Value): boolean {
  if (!isObject(value)) return false;
  const image = value.image;
  if (image !== unknown && (typeof image !== "string" || image === ""))
    return isPowerful(value.securityContext);
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

/** An incomplete pod: fields that it leaves out are unknown. */
export function incomplete(spec: Value | undefined): Value {
  if (spec === unknown) return unknown;
  const given = isObject(spec) ? spec : {};
  const completed = lists.map((list) => [
    list,
    items(given[list]).map((one) => (isObject(one) ? partOf(one) : one)),
  ]);
  return { ...podBlanks, ...given, ...Object.fromEntries(completed) };
}

/** An incomplete container. */
function partOf(container: Values): Values {
  const part: Values = {
    ...containerBlanks,
    ...container,
    securityContext: context(container.securityContext),
  };
  const place = placeOf(container);
  return place ? scattered(part, place) : part;
}

/** Fields that a security context leaves out may be set by the operator. */
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
