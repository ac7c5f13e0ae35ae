import { houseOf, placeSystems } from "../../systems/system";
import type { Fault } from "../fault";
import { hostBeside, hostOf, platformHosts } from "../hosts";
import type { Draft, Surroundings } from "./rule";

/**
 * No two systems of a stack claim one host name, and none a host of the platform's: the ingress would serve one of them and
 * silently not the other.
 */
export function publicHosts(
  { systems = {}, environment, aws }: Draft,
  surroundings: Pick<Surroundings, "systems">,
): readonly Fault[] {
  if (environment === undefined) return [];
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
  const onAws = hosts.filter(({ system }) => system.settings.cluster === "aws").map(({ host }) => host);
  const edge = aws?.edge;
  // Static assets alone need no host of an ingress.
  if (edge?.apiOrigin === undefined || onAws.includes(edge.hostName)) return doubled;
  return [
    ...doubled,
    {
      path: ["aws", "edge", "hostName"],
      found: JSON.stringify(edge.hostName),
      problem:
        "no system of the stack on AWS answers at this name, so that the ingress refuses what the edge sends",
      allowed: onAws.join(" | ") || "a system's host; or leave apiOrigin out",
      example: JSON.stringify(onAws[0] ?? "ai.atlas-financial.com"),
    },
  ];
}
