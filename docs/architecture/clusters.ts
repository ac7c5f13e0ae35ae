import { z } from "zod";
import { systems } from "../../apps/registry";
import { declaredNamespaces } from "../../infra/cluster/namespaces";
import type { Plan } from "../../model/plan";
import type { Box } from "./mermaid";

const namespace = z.object({ metadata: z.object({ name: z.string() }) });
const quota = z.object({ metadata: z.object({ namespace: z.string() }) });

/** A node pool: what it is called, of which machines it is, and between which sizes it moves. */
export function poolBox(pool: {
  readonly id: string;
  readonly name: string;
  readonly machines: readonly string[];
  readonly cards: readonly { readonly model: string; readonly count: number }[];
  readonly spot: boolean;
  readonly minimum: number;
  readonly maximum: number;
}): Box {
  const { id, name, machines, cards, spot, minimum, maximum } = pool;
  const size = minimum === maximum ? `${minimum}` : `${minimum} to ${maximum}`;
  const perNode = new Set(cards.map(({ model, count }) => `GPU of each: ${count} x ${model}`));
  return { id, lines: [name, machines.join(", "), ...perNode, `${size} ${spot ? "spot nodes" : "nodes"}`] };
}

/** The namespaces that a stack makes or limits on a cluster, by their systems; nothing where there are none. */
export function namespacesBox(plan: Plan, cluster: string): readonly Box[] {
  const provider = `${cluster}-kubernetes`;
  const made = plan
    .all("kubernetes:core/v1:Namespace", namespace)
    .filter((one) => one.provider === provider)
    .map(({ inputs }) => inputs.metadata.name);
  const limited = plan
    .all("kubernetes:core/v1:ResourceQuota", quota)
    .filter((one) => one.provider === provider)
    .map(({ inputs }) => inputs.metadata.namespace);
  const present = new Set([...made, ...limited]);
  const declared = declaredNamespaces(systems);
  const owners = new Set(declared.map(({ owner }) => owner));
  const lines = [...owners].flatMap((owner) => {
    const names = declared.filter((one) => one.owner === owner && present.has(one.name));
    return names.length === 0 ? [] : [`${owner}: ${names.map(({ name }) => name).join(", ")}`];
  });
  return lines.length === 0 ? [] : [{ id: `${cluster}-namespaces`, lines: ["Namespaces", ...lines] }];
}
