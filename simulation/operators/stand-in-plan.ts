import type { Manifest } from "../../model/manifest";
import { type StandIn, stoodInDigest } from "../stood-in/objects";
import { roleOfNew } from "./instance-roles";
import { isMadeByItself, isReady, type Standing } from "./standing";

/** One step on the way from what stands in to what is to. */
export type StandInAction =
  | { readonly do: "create"; readonly path: string; readonly manifest: Manifest }
  | { readonly do: "change"; readonly place: string; readonly manifest: Manifest }
  | { readonly do: "remove"; readonly place: string };

/**
 * The next steps; the rest follows afterwards. An object that waits for another is created when that is
 * Ready. A pod that must change is deleted first, one of an owner's pods at a time and only while all others
 * serve, as operators do it.
 *
 * @param standing what stands in now, by its path: pods that Kubernetes makes of stood-in workloads are none of it
 */
export function planStandIns(
  wanted: readonly StandIn[],
  standing: ReadonlyMap<string, Standing>,
): readonly StandInAction[] {
  const places = new Set(wanted.map(placeOf));
  const there = new Map([...standing].filter(([, one]) => isMadeByItself(one)));
  return [
    ...wanted.flatMap((one): readonly StandInAction[] => {
      const { path, manifest, after } = one;
      const now = there.get(placeOf(one));
      if (now === undefined) {
        return after === undefined || isReadyAt(after, there)
          ? [{ do: "create", path, manifest: withLabels(manifest, roleOfNew(manifest, [...there.values()])) }]
          : [];
      }
      return isOutdated(one, now) && manifest.kind !== "Pod"
        ? [{ do: "change", place: placeOf(one), manifest }]
        : [];
    }),
    ...podsToReplace(wanted, there).map((place) => ({ do: "remove", place }) as const),
    ...[...there.keys()]
      .filter((place) => !places.has(place))
      .map((place) => ({ do: "remove", place }) as const),
  ];
}

function podsToReplace(wanted: readonly StandIn[], there: ReadonlyMap<string, Standing>): readonly string[] {
  const groups = new Map<string, StandIn[]>();
  for (const one of wanted.filter(({ manifest }) => manifest.kind === "Pod")) {
    const owner = JSON.stringify(one.manifest.metadata.ownerReferences);
    groups.set(owner, [...(groups.get(owner) ?? []), one]);
  }
  return [...groups.values()].flatMap((pods) => {
    const outdated = pods.filter((pod) => {
      const now = there.get(placeOf(pod));
      return now !== undefined && isOutdated(pod, now);
    });
    const [first] = outdated;
    const others = pods.filter((pod) => pod !== first);
    return first !== undefined && others.every((pod) => isReadyAt(placeOf(pod), there))
      ? [placeOf(first)]
      : [];
  });
}

function isReadyAt(place: string, there: ReadonlyMap<string, Standing>): boolean {
  const now = there.get(place);
  return now !== undefined && isReady(now);
}

function isOutdated({ manifest }: StandIn, { metadata }: Standing): boolean {
  return metadata.annotations?.[stoodInDigest] !== manifest.metadata.annotations?.[stoodInDigest];
}

function placeOf({ path, manifest }: StandIn): string {
  return `${path}/${manifest.metadata.name}`;
}

function withLabels(manifest: Manifest, labels: Readonly<Record<string, string>>): Manifest {
  const { metadata } = manifest;
  return { ...manifest, metadata: { ...metadata, labels: { ...metadata.labels, ...labels } } };
}
