import type { Resource } from "../policy";
import { at, isObject } from "../value";
import { kindOf } from "./objects";
import { operatorTemplatesOf } from "./operators";
import { type Container, containersOf, type PodTemplate } from "./pod-template";

/** Every kind of workload, and where its pod template is. */
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

/** The kinds of Kubernetes itself that make pods. */
export const workloadKinds: readonly string[] = Object.keys(templatePaths);

/** Whether resources of this type make pods that are seen here: workloads, and custom resources of known operators. */
export function makesPods(type: string): boolean {
  return templatePathOf(type) !== undefined || operatorTemplatesOf(type) !== undefined;
}

const templates = new WeakMap<object, readonly PodTemplate[]>();

/** The pod templates of a workload or a custom resource; none for a resource that makes no pods. */
export function podTemplatesOf(resource: Resource): readonly PodTemplate[] {
  const { properties } = resource;
  if (!isObject(properties)) return readTemplates(resource);
  const known = templates.get(properties);
  if (known) return known;
  const read = readTemplates(resource);
  templates.set(properties, read);
  return read;
}

/** All containers of all pods that a resource makes. */
export function allContainersOf(resource: Resource): readonly Container[] {
  return podTemplatesOf(resource).flatMap(containersOf);
}

function readTemplates({ type, properties }: Resource): readonly PodTemplate[] {
  const path = templatePathOf(type);
  if (!path) return operatorTemplatesOf(type)?.(properties) ?? [];
  return [
    {
      metadata: at(properties, ...path, "metadata"),
      spec: at(properties, ...path, "spec"),
      where: (field) => [...path, "spec", field].join("."),
      finishes: type.startsWith("kubernetes:batch/"),
    },
  ];
}

function templatePathOf(type: string): readonly string[] | undefined {
  const kind = kindOf(type);
  return kind && Object.hasOwn(templatePaths, kind) ? templatePaths[kind] : undefined;
}
