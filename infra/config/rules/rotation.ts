import type { Fault } from "../fault";
import { nearest } from "../nearest";
import type { Draft, Surroundings } from "./rule";

/** Only generated secrets can be rotated automatically. */
export function rotation({ rotate = {} }: Draft, { bundles }: Surroundings): readonly Fault[] {
  const generating = bundles
    .filter(({ keys }) => Object.values(keys).some(({ source }) => source === "generated"))
    .map(({ name }) => name);
  return Object.keys(rotate)
    .filter((name) => !generating.includes(name))
    .map((name) => {
      const meant = nearest(name, generating);
      return {
        path: ["rotate", name],
        found: `no bundle with generated values${meant === undefined ? "" : `; did you mean ${meant}?`}`,
        allowed: `the bundles ${generating.join(", ")}`,
      };
    });
}
