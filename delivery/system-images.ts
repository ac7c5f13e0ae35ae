import { systems as registry } from "../apps/registry";
import type { StackConfig } from "../infra/config/stack";
import { placeSystems } from "../infra/systems/system";

/** An image that a stack runs and that is built outside of this project. */
export interface SystemImage {
  readonly system: string;
  readonly workload: string;
  /** `registry/repository:tag`, as nodes pull it. */
  readonly image: string;
}

/** Every image of the stack's systems that somebody has to build and push. (D7) */
export function systemImages({
  systems,
  environment,
}: Pick<StackConfig, "systems" | "environment">): readonly SystemImage[] {
  return placeSystems(registry, systems).flatMap(({ name: system, workloads, settings }) => {
    const { registry: place, tag, of } = settings.images;
    return Object.entries(workloads)
      .filter(([, { ownImage = true }]) => ownImage)
      .filter(([, { cards = false }]) => !cards || settings.gpuPool !== undefined)
      .filter(([, { onlyIn = environment }]) => onlyIn === environment)
      .map(([workload]) => ({ system, workload, image: of[workload] ?? `${place}/${workload}:${tag}` }));
  });
}
