import type { Resource } from "../resource";
import { at, isObject } from "../value";
import { foundTemplatesOf, incomplete } from "./found-pods";
import { isPatch, kindOf } from "./objects";
import { operatorPathsOf, operatorTemplatesOf } from "./operators";
import { type Container, containersOf, imagesOf, type PodImage, type PodTemplate } from "./pod-template";

/** Every kind of workload, with the path of its pod template. */
const templatePaths: Readonly<Record<string, readonly string[]>> = {
  "core/Pod": [],
  "core/ReplicationController": ["spec", "template"],
  "apps/Deployment": ["spec", "template"],
  "apps/StatefulSet": ["spec", "template"],
  "apps/DaemonSet": ["spec", "template"],
  "apps/ReplicaSet": ["spec", "template"],
  "batch/Job": ["spec", "template"],
  "batch/CronJob": ["spec", "jobTemplate", "spec", "template"],
};

/** Kubernetes' own kinds that create pods. */
export const workloadKinds: readonly string[] = Object.keys(templatePaths);

/**
 * Whether the pack knows where resources of this type describe their pods: workloads, and custom resources of
 * known operators.
 */
export function hasKnownPods(type: string): boolean {
  return templatePathOf(kindOf(type) ?? "") !== undefined || operatorTemplatesOf(type) !== undefined;
}

/** Cached: a stack has few types, and every policy on pods asks for each resource. */
const makers = new Map<string, boolean>();

/** Whether resources of this type may create pods: those, and all other custom resources. */
export function makesPods(type: string): boolean {
  const known = makers.get(type) ?? mayMakePods(type);
  makers.set(type, known);
  return known;
}

function mayMakePods(type: string): boolean {
  const kind = kindOf(type);
  if (kind === undefined) return false;
  return hasKnownPods(type) || !holdsNoPods(kind);
}

/** Groups of Kubernetes' own API server; other projects' end with `.k8s.io`, too. */
const ownGroup =
  /^((authentication|authorization|admissionregistration|apiextensions|apiregistration|certificates|coordination|discovery|events|metrics|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)|\w+\.apiserver)\.k8s\.io$/;

/** Kubernetes' own kinds without pods, and holders of whole objects. */
function holdsNoPods(kind: string): boolean {
  const [group = ""] = kind.split("/");
  if (kind === "core/PodTemplate" || group === "extensions") return false;
  return !group.includes(".") || ownGroup.test(group) || group === "helm.sh";
}

const templates = new WeakMap<object, readonly PodTemplate[]>();

/** The pod templates of a workload or custom resource; none for a resource that creates no pods. */
export function podTemplatesOf(resource: Resource): readonly PodTemplate[] {
  const { properties } = resource;
  if (!isObject(properties)) return readTemplates(resource);
  const known = templates.get(properties);
  if (known) return known;
  const read = readTemplates(resource);
  templates.set(properties, read);
  return read;
}

/** All containers of all pods that a resource creates. */
export function allContainersOf(resource: Resource): readonly Container[] {
  return podTemplatesOf(resource).flatMap(containersOf);
}

/** All images of all pods that a resource creates. */
export function allImagesOf(resource: Resource): readonly PodImage[] {
  return podTemplatesOf(resource).flatMap(imagesOf);
}

function readTemplates({ type, properties }: Resource): readonly PodTemplate[] {
  const kind = kindOf(type) ?? "";
  const path = templatePathOf(kind);
  if (!makesPods(type)) return [];
  if (!path) {
    const known = operatorTemplatesOf(type)?.(properties) ?? [];
    const paths = operatorPathsOf(type);
    const beside = foundTemplatesOf(properties, kind).filter(
      ({ where }) => !paths.some((path) => isWithin(path, where(""))),
    );
    return [...known, ...beside];
  }
  const spec = at(properties, ...path, "spec");
  return [
    {
      metadata: at(properties, ...path, "metadata"),
      spec: isPatch(kind) ? incomplete(spec) : spec,
      where: (field) => [...path, "spec", field].join("."),
      finishes: type.startsWith("kubernetes:batch/"),
    },
  ];
}

/**
 * Whether a path leads into the place of a found pod, or the pod lies below the path.
 *
 * @param place ends with a dot
 */
function isWithin(path: string, place: string): boolean {
  return path.startsWith(place) || [".", "["].some((next) => place.startsWith(path + next));
}

function templatePathOf(kind: string): readonly string[] | undefined {
  const whole = isPatch(kind) ? kind.slice(0, -"Patch".length) : kind;
  return Object.hasOwn(templatePaths, whole) ? templatePaths[whole] : undefined;
}
