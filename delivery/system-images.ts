import type { Environment } from "../infra/config/environment";
import { workloadsOf } from "../infra/config/rules/workload-names";
import type { StackConfig } from "../infra/config/stack";
import type { SystemName } from "../infra/config/systems";

/** An image that a stack runs and that this project does not make. */
export interface SystemImage {
  readonly system: SystemName;
  readonly workload: string;
  /** `registry/repository:tag`, as nodes pull it. */
  readonly image: string;
}

/** Workloads that a system has on graphics cards only. */
const withCards: ReadonlySet<string> = new Set(["model-training"]);

/** Workloads whose images others publish, or that run another workload's image. */
const withoutImage: ReadonlySet<string> = new Set([
  "ai-middleware-worker",
  "documents-sync",
  "model-repository-sync",
  "model-serving-gpu",
  "model-sync",
  "vllm",
]);

/** Workloads that only one environment has. */
const onlyIn: Readonly<Record<string, Environment>> = {
  "anonymised-data": "staging",
  "data-anonymiser": "production",
  "sample-data": "development",
};

const systemNames: readonly SystemName[] = ["atlas", "aiaas", "ai-middleware", "market-research"];

/** Every image of the stack's systems that somebody has to build and push. (D7) */
export function systemImages({
  systems,
  environment,
}: Pick<StackConfig, "systems" | "environment">): readonly SystemImage[] {
  return systemNames.flatMap((system) => {
    const settings = systems[system];
    if (settings === undefined) return [];
    const cards = "gpuPool" in settings && settings.gpuPool !== undefined;
    const { registry, tag, of } = settings.images;
    return workloadsOf(system)
      .filter((workload) => !withoutImage.has(workload) && (cards || !withCards.has(workload)))
      .filter((workload) => (onlyIn[workload] ?? environment) === environment)
      .map((workload) => ({ system, workload, image: of[workload] ?? `${registry}/${workload}:${tag}` }));
  });
}
