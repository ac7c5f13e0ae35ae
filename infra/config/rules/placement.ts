import type { Fault } from "../fault";
import { nearest } from "../nearest";
import type { Draft } from "./rule";

/** Every system runs on a cluster that the stack has (D2). */
export function placement({ declares, clusters, systems }: Draft): readonly Fault[] {
  const names = clusters.map(({ name }) => name);
  if (names.length === 0) {
    // Where the whole section is missing, the schema says so.
    if (!declares("clusters")) return [];
    return [
      {
        path: ["clusters"],
        found: "no cluster for any system",
        allowed: "at least one cluster",
        example: '{ local: { cloud: local, context: "kind-ai-platform" } }',
      },
    ];
  }
  return Object.entries(systems ?? {}).flatMap(([system, settings]) => {
    if (settings === undefined || names.includes(settings.cluster)) return [];
    const meant = nearest(settings.cluster, names);
    return [
      {
        path: ["systems", system, "cluster"],
        found: JSON.stringify(settings.cluster),
        problem: `the stack has no cluster of this name${meant === undefined ? "" : `; did you mean ${meant}?`}`,
        allowed: names.join(" | "),
        example: JSON.stringify(meant ?? names[0]),
      },
    ];
  });
}
