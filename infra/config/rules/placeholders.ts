import { placeSystems } from "../../systems/system";
import { cloudTraits } from "../clouds";
import type { Fault, KeyPath } from "../fault";
import { hostOf } from "../hosts";
import { placeholderIn } from "../placeholders";
import type { Draft, Surroundings } from "./rule";

/**
 * What stands for a value of the reader's own must not reach a cloud: EKS refuses ranges that are reserved for documentation, an
 * allow list of them locks the program itself out, and a host name that is an example never gets its certificate. Where the clouds
 * are simulated placeholders do no harm.
 */
export function placeholders(draft: Draft, surroundings: Surroundings): readonly Fault[] {
  const real = draft.clusters.filter(({ cloud }) => cloud && !cloudTraits[cloud].takesPlaceholders);
  if (surroundings.simulatedClouds || real.length === 0) return [];
  const { platform, environment } = draft;
  const systems = Object.fromEntries(
    placeSystems(surroundings.systems, draft.systems ?? {}).flatMap((system) => {
      const { name, settings } = system;
      if (!real.some((cluster) => cluster.name === settings.cluster)) return [];
      // The host that a system has by default is an example too.
      return [[name, { ...settings, ...(environment && { host: hostOf(system, settings, environment) }) }]];
    }),
  );
  return [
    ...real.flatMap(({ name, config }) => faultsIn(["clusters", name], config)),
    ...faultsIn(["systems"], systems),
    ...faultsIn(["platform"], platform),
  ];
}

function faultsIn(path: KeyPath, value: unknown): readonly Fault[] {
  if (typeof value === "string") return faultOf(path, value);
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => faultsIn([...path, index], item));
  return Object.entries(value).flatMap(([key, inner]) => faultsIn([...path, key], inner));
}

function faultOf(path: KeyPath, text: string): readonly Fault[] {
  const placeholder = placeholderIn(text);
  if (placeholder === undefined) return [];
  const { kind, wanted, example } = placeholder;
  return [{ path, found: JSON.stringify(text), problem: kind, allowed: wanted, example }];
}
