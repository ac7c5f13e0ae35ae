import type { Fault } from "../fault";
import { nearest } from "../nearest";
import type { Draft, Surroundings } from "./rule";

/** `sizes` and `images.of` name workloads that there are: a name that is misspelt would change nothing, and nothing would say so. */
export function workloadNames(
  { systems, sizes }: Draft,
  surroundings: Pick<Surroundings, "systems">,
): readonly Fault[] {
  const all = surroundings.systems.flatMap(({ workloads }) => Object.keys(workloads));
  return [
    ...Object.keys(sizes ?? {}).flatMap((name) => faultOf(["sizes", name], name, all)),
    ...surroundings.systems.flatMap(({ name: system, workloads }) =>
      Object.keys(systems?.[system]?.images.of ?? {}).flatMap((name) =>
        faultOf(["systems", system, "images", "of", name], name, Object.keys(workloads)),
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
