import type { DrillCluster } from "./drill-cluster";
import { type Autoscaler, titleOf, type Workload } from "./objects";
import { serving } from "./serving";

/** A workload with what its autoscaler may do. */
export interface Scaled {
  readonly workload: Workload;
  readonly maximum: number;
  readonly scaleUp: NonNullable<Autoscaler["spec"]["behavior"]>["scaleUp"];
}

/** Seconds from more demand until more replicas serve, at most, as 001 asks. */
const limit = 60;

/** How old the figure may be that an autoscaler sees: Prometheus' interval, in seconds. */
const figure = 30;

/** Seconds between two looks of Kubernetes' autoscaler. */
const look = 15;

/** What Kubernetes does where an autoscaler says nothing. */
const standing = [
  { type: "Percent", value: 100 },
  { type: "Pods", value: 4 },
] as const;

/**
 * Grows every workload by the first step of its autoscaler, all at once, and says which serve with it in time. What an
 * autoscaler waits before it acts counts in full, as in the worst case; only what follows is measured here.
 */
export async function firstSteps(
  cluster: DrillCluster,
  all: readonly Scaled[],
): Promise<{ readonly late: readonly string[]; readonly inTime: readonly string[] }> {
  const steps = (await Promise.all(all.map((one) => firstStep(cluster, one)))).flat();
  const slowest = steps.toSorted((left, right) => right.seconds - left.seconds)[0];
  return {
    late: steps.filter(({ seconds }) => seconds > limit).map(({ text }) => text),
    inTime:
      slowest === undefined || slowest.seconds > limit
        ? []
        : [`${cluster.name}: ${steps.length} workloads answer to demand in time, last: ${slowest.text}`],
  };
}

interface Step {
  readonly seconds: number;
  readonly text: string;
}

async function firstStep(
  cluster: DrillCluster,
  { workload, maximum, scaleUp }: Scaled,
): Promise<readonly Step[]> {
  const before = workload.spec.replicas ?? 1;
  const after = Math.min(maximum, before + stepOf(before, scaleUp?.policies ?? standing));
  if (after <= before) return [];
  const started = performance.now();
  await scale(cluster, workload, after);
  const pods = { namespace: workload.metadata.namespace ?? "", selector: workload.spec.selector };
  // What has no room is told of with all at their maximum.
  if (!(await cluster.settled(() => serving(pods, cluster.live.all) >= after))) return [];
  const measured = (performance.now() - started) / 1000;
  const window = scaleUp?.stabilizationWindowSeconds ?? 0;
  const seconds = figure + look + window + measured;
  const parts = `${figure} s until its figure shows it, ${look} s until the autoscaler looks, ${window} s that it waits, ${measured.toFixed(1)} s measured until they serve`;
  return [
    {
      seconds,
      text: `${cluster.name}: ${titleOf(workload)} from ${before} to ${after} replicas ${seconds.toFixed(1)} s after demand grew, of at most ${limit} s (${parts})`,
    },
  ];
}

function stepOf(
  replicas: number,
  policies: readonly { readonly type: "Percent" | "Pods"; readonly value: number }[],
): number {
  return Math.max(
    ...policies.map(({ type, value }) => (type === "Pods" ? value : Math.ceil((replicas * value) / 100))),
  );
}

/** Through the subresource that an autoscaler uses: without metrics, the real one leaves the number alone. */
export async function scale(cluster: DrillCluster, workload: Workload, replicas: number): Promise<void> {
  await cluster.api.patch(cluster.workloadPath(workload, "/scale"), { spec: { replicas } });
}
