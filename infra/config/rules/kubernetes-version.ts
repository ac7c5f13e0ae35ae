import type { Fault } from "../fault";
import { type Draft, type Surroundings, viewsOf } from "./rule";

/** Kubernetes versions are supported on the day of the deployment (D4). */
export function kubernetesVersion(draft: Draft, { today }: Surroundings): readonly Fault[] {
  return viewsOf(draft).flatMap(({ name, view }) =>
    view.versionFaults(today).map((fault) => ({ ...fault, path: ["clusters", name, ...fault.path] })),
  );
}
