import { exceptions, namesOf } from "../exemptions/exceptions";
import type { Exception } from "../exemptions/granted";
import type { ResourcePolicy } from "../policy";
import { at, entries, items, unknown, type Value } from "../value";
import { patchedKindOf } from "./objects";
import { makesPods, podTemplatesOf } from "./pods";

interface Configuration {
  readonly agents: readonly Exception[];
}

export const systemPriority: ResourcePolicy<Configuration> = {
  id: "kubernetes-system-priority",
  scope: "resource",
  what: "Only what a cluster cannot do without outranks all else, and only agents of nodes tolerate every taint.",
  why: "A pod above all others evicts DNS and the network to make room for itself; one that tolerates everything lands on nodes that are kept free, or are failing.",
  severity: "medium",
  standards: ["NSA/CISA Kubernetes hardening", "K2"],
  remediation:
    "Set priorityClassName to a class of the stack, and name the key of each taint in tolerations[].key.",
  configuration: {
    agents: exceptions("Namespaces of agents that every node needs, beside kube-system."),
  },
  appliesTo: makesPods,
  *validate(resource, { agents }) {
    const namespace = at(resource.properties, "metadata", "namespace") ?? "default";
    const isSystem = ["kube-system", ...namesOf(agents)].some(
      (one) => namespace === unknown || namespace === one,
    );
    if (isSystem) return;
    for (const { spec, where } of podTemplatesOf(resource)) {
      const priority = at(spec, "priorityClassName");
      if (typeof priority === "string" && /^system-(node|cluster)-critical$/.test(priority)) {
        yield `${where("priorityClassName")} is ${priority}: set a class of the stack.`;
      }
      if (patchedKindOf(resource.type) === "apps/DaemonSet") continue;
      for (const [index, toleration] of items(at(spec, "tolerations")).entries()) {
        if (!toleratesAll(toleration)) continue;
        yield `${where(`tolerations[${index}]`)} tolerates every taint: name its key.`;
      }
    }
  },
};

function toleratesAll(toleration: Value): boolean {
  const key = at(toleration, "key");
  return (
    at(toleration, "operator") === "Exists" &&
    (key === undefined || key === "") &&
    entries(toleration).length > 0
  );
}
