import type { Fault } from "../fault";
import { registryHost, registryOf } from "../registry-host";
import type { Draft } from "./rule";

/** Harbor keeps every image in a project: a name without one cannot be pushed, nor pulled. */
export function registryProject({ systems = {} }: Draft): readonly Fault[] {
  return Object.entries(systems).flatMap(([system, settings]) => {
    const { registry = "", of = {} } = settings?.images ?? {};
    return [
      ...(registry === registryHost
        ? [faultAt(["systems", system, "images", "registry"], registry, `${registryHost}/${system}`)]
        : []),
      ...Object.entries(of).flatMap(([workload, image]) =>
        registryOf(image) === registryHost && image.split("/").length < 3
          ? [
              faultAt(
                ["systems", system, "images", "of", workload],
                image,
                image.replace(`${registryHost}/`, `${registryHost}/${system}/`),
              ),
            ]
          : [],
      ),
    ];
  });
}

function faultAt(path: readonly string[], found: string, example: string): Fault {
  return {
    path: [...path],
    found: JSON.stringify(found),
    problem: "Harbor keeps every image in a project, and this name has none",
    allowed: `${registryHost}/PROJECT and what follows, or another registry`,
    example: JSON.stringify(example),
  };
}
