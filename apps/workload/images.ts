import { imageReference } from "../../infra/kit/mirror";
import type { Site } from "../../infra/kit/site";
import type { ImagesConfig } from "../../infra/systems/section";

/** The image of a workload, as the stack has it: its own entry, or the system's registry and tag. (D7) */
export function workloadImage({ settings }: Site, images: ImagesConfig, workload: string): string {
  return imageReference(
    images.of[workload] ?? `${images.registry}/${workload}:${images.tag}`,
    settings.mirror,
  );
}
