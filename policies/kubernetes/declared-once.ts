import type { StackPolicy } from "../policy";
import type { Resource } from "../resource";
import type { Stack } from "../stack";
import { unknown, type Value } from "../value";
import { kindOf, Namespaces, nameOf, sameCluster } from "./objects";

export const declaredOnce: StackPolicy = {
  id: "kubernetes-declared-once",
  scope: "stack",
  what: "No two resources of a stack declare the same object: the same kind, name and namespace on the same cluster.",
  why: "With server-side apply both succeed and overwrite each other in turn, and removing either deletes the object of both.",
  severity: "high",
  standards: ["K5"],
  remediation: "Set another metadata.name, or keep one of the two declarations.",
  *validate(stack) {
    for (const group of stack.derive(groupByName)) {
      for (const [index, resource] of group.entries()) {
        const twin = group.slice(0, index).find((other) => sameCluster(other, resource) === "yes");
        if (twin) {
          yield { resource, message: `${twin.name} declares the same object: set another metadata.name.` };
        }
      }
    }
  },
};

/** Objects with the same kind, namespace and name; objects with an unknown namespace or name are left out. */
function groupByName(stack: Stack): readonly (readonly Resource[])[] {
  const namespaces = Namespaces.in(stack);
  const groups = new Map<string, Resource[]>();
  for (const type of stack.types()) {
    const kind = kindOf(type);
    // A patch shares its object with its declaration on purpose; a release is named by Helm.
    if (kind === undefined || kind.endsWith("Patch") || kind.startsWith("helm.sh/")) continue;
    for (const resource of stack.ofType(type)) {
      const name: Value = nameOf(resource);
      const namespace = namespaces.of(resource);
      if (name === unknown || namespace === unknown) continue;
      const key = JSON.stringify([kind, namespace, name]);
      groups.set(key, [...(groups.get(key) ?? []), resource]);
    }
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}
