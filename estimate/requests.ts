import type { ContainerFacts, PodFacts } from "../model/facts/pod";
import { larger, nothing, onePod, parseResources, type Resources, sum } from "./resources";

/** Amounts as Kubernetes spells them, by resource. */
export type Quantities = Readonly<Record<string, string>>;

/**
 * What the scheduler reserves for a pod: the larger of its containers with all sidecars, and of each init
 * container with the sidecars before it.
 *
 * @param defaults what the namespace gives to containers that say nothing
 */
export function requestsOf(
  { containers }: Pick<PodFacts, "containers">,
  defaults: Quantities = {},
): Resources {
  let beside: Resources = nothing;
  let most: Resources = nothing;
  for (const container of containers.filter(({ init }) => init)) {
    const own = ofContainer(container, defaults);
    most = larger(most, sum([beside, own]));
    beside = container.sidecar ? sum([beside, own]) : beside;
  }
  const running = sum([
    beside,
    ...containers.filter(({ init }) => !init).map((one) => ofContainer(one, defaults)),
  ]);
  return sum([larger(most, running), onePod]);
}

/** What a container does not request it is given as much of as its limit says, or else its namespace. */
function ofContainer({ resources }: ContainerFacts, defaults: Quantities): Resources {
  return parseResources({ ...defaults, ...resources?.limits, ...resources?.requests });
}
