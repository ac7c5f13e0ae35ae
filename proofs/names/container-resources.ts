import type { ContainerFacts, PodFacts } from "../../model/facts/pod";
import { entriesAt, listAt, mapAt, textAt } from "../../model/facts/read";
import type { Model } from "../../model/model";
import { quantityOf } from "../../policies/quantity";

/** Amounts as Kubernetes writes them, by the resource's name. */
export type Quantities = Readonly<Record<string, string>>;

/** What a namespace gives to containers that say nothing. */
export interface Defaults {
  /** What a container asks for, or is limited to, after admission. */
  readonly of: (container: ContainerFacts, kind: "requests" | "limits") => Quantities;
}

/** The defaults of the LimitRanges of a namespace. */
export function defaultsOf(model: Model, cluster: string, namespace: string | undefined): Defaults {
  const limits = model
    .of("LimitRange")
    .filter((range) => range.cluster === cluster && range.namespace === namespace)
    .flatMap(({ manifest }) => listAt(manifest, "spec", "limits"))
    .filter((limit) => textAt(limit, "type") === "Container");
  const given = (...path: string[]): Quantities =>
    Object.assign({}, ...limits.map((limit) => mapAt(limit, ...path) ?? {}));
  // Where a range has a maximum alone, that is the default too.
  const usual = { requests: given("defaultRequest"), limits: { ...given("max"), ...given("default") } };
  return {
    of: ({ resources = {} }, kind) => {
      const own = { ...usual.limits, ...resources.limits };
      // A request that is not said is the container's own limit, before the namespace's default.
      return kind === "limits"
        ? own
        : { ...usual.limits, ...usual.requests, ...resources.limits, ...resources.requests };
    },
  };
}

/** What one pod takes of a quota: `requests.cpu`, `limits.memory`, `requests.nvidia.com/gpu`. */
export function resourcesOf({ containers }: PodFacts, defaults: Defaults): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const kind of ["requests", "limits"] as const) {
    const amounts = (ones: readonly ContainerFacts[], join: (one: number, other: number) => number) => {
      const joined = new Map<string, number>();
      for (const [name, text] of ones.flatMap((one) => entriesAt(defaults.of(one, kind)))) {
        joined.set(name, join(joined.get(name) ?? 0, quantityOf(String(text)) ?? 0));
      }
      return joined;
    };
    const running = amounts(
      containers.filter(({ init, sidecar }) => init !== true || sidecar === true),
      (one, other) => one + other,
    );
    const before = amounts(
      containers.filter(({ init, sidecar }) => init === true && sidecar !== true),
      Math.max,
    );
    for (const name of new Set([...running.keys(), ...before.keys()])) {
      found.set(`${kind}.${name}`, Math.max(running.get(name) ?? 0, before.get(name) ?? 0));
    }
  }
  return found;
}
