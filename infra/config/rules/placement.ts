import type { Fault } from "../fault";
import type { Draft } from "./rule";

const clusters = ["aws", "linode", "local"] as const;

/** Every system runs on a cluster that the stack has (D2). */
export function placement(draft: Draft): readonly Fault[] {
  const available = clusters.filter((name) => draft.declares(name));
  if (available.length === 0) {
    return [
      {
        path: ["systems"],
        found: "no cluster for any system",
        problem: "the stack has none of the sections aws, linode and local",
        allowed: "at least one of them",
        example: 'ai-platform:local: {context: "kind-ai-platform"}',
      },
    ];
  }
  return Object.entries(draft.systems ?? {}).flatMap(([system, settings]) => {
    if (settings === undefined || draft.declares(settings.cluster)) return [];
    return [
      {
        path: ["systems", system, "cluster"],
        found: JSON.stringify(settings.cluster),
        problem: `the stack has no section ai-platform:${settings.cluster}, and so no such cluster`,
        allowed: available.join(" | "),
        example: JSON.stringify(available[0]),
      },
    ];
  });
}
