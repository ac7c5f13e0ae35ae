import type { Fault } from "../fault";
import { nearest } from "../nearest";
import { type SystemName, systemNames } from "../systems";
import { workloads } from "../workloads";
import type { Draft } from "./rule";

/** The workloads of a system, whose images and sizes a stack may choose. */
export function workloadsOf(system: SystemName): readonly string[] {
  return workloads[system].filter((name) => !/-(backup|restore-check)$/.test(name));
}

/** `sizes` and `images.of` name workloads that there are: a name that is misspelt would change nothing, and nothing would say so. */
export function workloadNames({ systems, sizes }: Draft): readonly Fault[] {
  const all = systemNames.flatMap(workloadsOf);
  return [
    ...Object.keys(sizes ?? {}).flatMap((name) => faultOf(["sizes", name], name, all)),
    ...systemNames.flatMap((system) =>
      Object.keys(systems?.[system]?.images.of ?? {}).flatMap((name) =>
        faultOf(["systems", system, "images", "of", name], name, workloadsOf(system)),
      ),
    ),
  ];
}

function faultOf(path: readonly string[], name: string, known: readonly string[]): readonly Fault[] {
  if (known.includes(name)) return [];
  return [
    {
      path: [...path],
      found: JSON.stringify(name),
      problem: `no workload is called ${name}, so that nothing would change`,
      allowed: known.join(", "),
      example: JSON.stringify(nearest(name, known) ?? known[0]),
    },
  ];
}
