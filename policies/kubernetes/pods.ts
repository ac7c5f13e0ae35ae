import type { Resource } from "../policy";
import { at, items, type Value } from "../value";
import { kindOf } from "./objects";

/** A pod as a workload would make it. */
export interface PodTemplate {
  /** Property path of the template's spec, `spec.template.spec`. */
  readonly path: string;
  readonly metadata: Value | undefined;
  readonly spec: Value | undefined;
}

export interface Container {
  readonly role: "container" | "init container" | "ephemeral container";
  readonly name: string;
  /** Property path, `spec.template.spec.initContainers[0]`. */
  readonly path: string;
  readonly value: Value;
}

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

const roles = {
  containers: "container",
  initContainers: "init container",
  ephemeralContainers: "ephemeral container",
} as const;

export function makesPods(type: string): boolean {
  return templatePathOf(type) !== undefined;
}

/** The pod template of a workload; undefined for a resource that makes no pods. */
export function podTemplateOf(resource: Resource): PodTemplate | undefined {
  const path = templatePathOf(resource.type);
  return (
    path && {
      path: [...path, "spec"].join("."),
      metadata: at(resource.properties, ...path, "metadata"),
      spec: at(resource.properties, ...path, "spec"),
    }
  );
}

/** All containers of a pod; init containers include sidecars, which are init containers that keep running. */
export function containersOf(template: PodTemplate): readonly Container[] {
  return Object.entries(roles).flatMap(([field, role]) =>
    items(at(template.spec, field)).map((value, index) => {
      const name = at(value, "name");
      return {
        role,
        name: typeof name === "string" ? name : `number ${index + 1}`,
        path: `${template.path}.${field}[${index}]`,
        value,
      };
    }),
  );
}

function templatePathOf(type: string): readonly string[] | undefined {
  const kind = kindOf(type);
  return kind && Object.hasOwn(templatePaths, kind) ? templatePaths[kind] : undefined;
}
