import type { ContainerFacts, PodFacts } from "../model/facts/pod";
import { larger, nothing, onePod, parseResources, type Resources, sum } from "./resources";

/**
 * What the scheduler reserves for a pod: the larger of its containers with all sidecars, and of each init
 * container with the sidecars before it.
 */
export function requestsOf({ containers }: Pick<PodFacts, "containers">): Resources {
  let beside: Resources = nothing;
  let most: Resources = nothing;
  for (const container of containers.filter(({ init }) => init)) {
    const own = ofContainer(container);
    most = larger(most, sum([beside, own]));
    beside = container.sidecar ? sum([beside, own]) : beside;
  }
  const running = sum([beside, ...containers.filter(({ init }) => !init).map(ofContainer)]);
  return sum([larger(most, running), onePod]);
}

/** What a container does not request it is given as much of as its limit says. */
function ofContainer({ resources }: ContainerFacts): Resources {
  return parseResources({ ...resources?.limits, ...resources?.requests });
}
