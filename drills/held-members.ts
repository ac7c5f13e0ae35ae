import { selectsLabels } from "../primitives/labels";
import type { Minimum } from "./availability";
import type { Pod } from "./objects";
import { ownVolumes, type Volume } from "./volumes";

/**
 * Minima without the members whose volumes are in a zone: no other zone can have them, so these wait for it to come back. A quorum is
 * kept all the same.
 */
export function withoutHeldBy(
  zone: string,
  minima: readonly Minimum[],
  pods: readonly Pod[],
  volumes: readonly Volume[],
): readonly Minimum[] {
  const held = pods.filter((pod) => ownVolumes(pod, volumes).some((volume) => isIn(zone, volume)));
  return minima.map((minimum) => {
    const { namespace, selector, always } = minimum;
    const waiting = held.filter(
      ({ metadata }) => metadata.namespace === namespace && selectsLabels(selector, metadata.labels),
    );
    return always ? minimum : { ...minimum, count: Math.min(minimum.count, minimum.pods - waiting.length) };
  });
}

function isIn(zone: string, { spec: { nodeAffinity } }: Volume): boolean {
  const terms = nodeAffinity?.required.nodeSelectorTerms ?? [];
  return terms.some(({ matchExpressions }) =>
    matchExpressions.some(
      ({ key, values }) => key === "topology.kubernetes.io/zone" && values.includes(zone),
    ),
  );
}
