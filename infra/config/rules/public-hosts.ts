import type { Fault } from "../fault";
import type { Draft } from "./rule";

/** No two systems of a stack claim one host name: the ingress would serve one of them and silently not the other. */
export function publicHosts({ systems }: Draft): readonly Fault[] {
  const claimed = new Map<string, string>();
  return Object.entries(systems ?? {}).flatMap(([system, settings]) => {
    if (settings === undefined) return [];
    const owner = claimed.get(settings.host);
    if (owner === undefined) {
      claimed.set(settings.host, system);
      return [];
    }
    return [
      {
        path: ["systems", system, "host"],
        found: JSON.stringify(settings.host),
        problem: `the system ${owner} has this host name already`,
        allowed: "a host name that no other system of the stack has",
        example: JSON.stringify(`${system}.example.com`),
      },
    ];
  });
}
