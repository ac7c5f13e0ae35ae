import { houseOf, placeSystems } from "../../systems/system";
import type { Fault } from "../fault";
import { hostBeside, hostOf, platformHosts } from "../hosts";
import { type Draft, type Surroundings, viewsOf } from "./rule";

/**
 * No two systems of a stack claim one host name, and none a host of the platform's: the ingress would serve one of them and
 * silently not the other.
 */
export function publicHosts(
  { systems, environment, ...draft }: Draft,
  surroundings: Pick<Surroundings, "systems">,
): readonly Fault[] {
  if (systems === undefined || environment === undefined) return [];
  const placed = placeSystems(surroundings.systems, systems);
  const clusters = [...new Set(placed.map(({ settings }) => settings.cluster))];
  const hosts = clusters
    .flatMap((cluster) => placed.filter(({ settings }) => settings.cluster === cluster))
    .map((system) => ({ system, host: hostOf(system, system.settings, environment) }));
  const house = houseOf(placed, "public-hosts");
  const besides = hosts.flatMap(({ system, host }) => [
    ...(system.name === house?.name ? platformHosts : []).map((name): readonly [string, string] => [
      hostBeside(host, name),
      `the platform's ${name}`,
    ]),
    ...(system.loadBalancerHosts ?? []).map((name): readonly [string, string] => [
      hostBeside(host, name),
      `${name} of the system ${system.name}`,
    ]),
  ]);
  const claimed = new Map<string, string>(besides);
  const doubled = hosts.flatMap(({ system: { name: system }, host }) => {
    const owner = claimed.get(host);
    if (owner === undefined) {
      claimed.set(host, `the system ${system}`);
      return [];
    }
    return [
      {
        path: ["systems", system, "host"],
        found: JSON.stringify(host),
        problem: `${owner} has this host name already`,
        allowed: "a host name that nothing else of the stack has",
        example: JSON.stringify(`${system}.example.com`),
      },
    ];
  });
  return [
    ...doubled,
    ...viewsOf(draft).flatMap(({ name, view: { edge } }) => {
      const answering = hosts
        .filter(({ system }) => system.settings.cluster === name)
        .map(({ host }) => host);
      if (edge === undefined || answering.includes(edge.hostName)) return [];
      return [
        {
          path: ["clusters", name, ...edge.path],
          found: JSON.stringify(edge.hostName),
          problem:
            "no system on this cluster answers at this name, so that the ingress refuses what the edge sends",
          allowed: answering.join(" | ") || "a system's host; or leave apiOrigin out",
          example: JSON.stringify(answering[0] ?? "ai.atlas-financial.com"),
        },
      ];
    }),
  ];
}
