import { nodeDiskResource } from "../../infra/kit/node-disk";
import { at, listAt, textAt } from "../../model/facts/read";
import type { Model, Workload } from "../../model/model";
import { bytesOf } from "../../primitives/quantity";
import { nameOf } from "../proof";
import { type Check, each, sum } from "../verdict";

const source =
  "Kubernetes, local ephemeral storage: a pod without a limit may fill its node, and kubelet then evicts its neighbours";

/** Releases whose chart passes on CPU and memory only. */
const cpuAndMemoryAlone: ReadonlySet<string> = new Set(["mongodb-kubernetes"]);

type Container = Workload["pod"]["containers"][number];

/**
 * Every container states how much of its node's disk it requests and may use. For pods of operators, and
 * containers to which charts give no resources, a default of the namespace is enough.
 */
export const nodeDisksAreShared: Check = ({ model }) => {
  const workloads = model.workloads.filter(({ hook }) => hook?.includes("test") !== true);
  return sum([
    each(workloads, (workload) =>
      workload.pod.containers.flatMap((container) => {
        const missing = (["requests", "limits"] as const).filter(
          (kind) => container.resources?.[kind]?.[nodeDiskResource] === undefined,
        );
        return missing.length === 0 || isGivenDefaults(model, workload, container)
          ? []
          : [
              {
                object: nameOf(workload),
                rule: `its container ${container.name} has no ${nodeDiskResource} among its ${missing.join(" and ")}`,
                source,
                fix: "add nodeDisk() of infra/kit/node-disk.ts to its resources",
              },
            ];
      }),
    ),
    each(workloads, (workload) => {
      const [scratch, limit] = [scratchOf(workload), limitOf(workload)];
      return limit === undefined || scratch <= limit
        ? undefined
        : {
            object: nameOf(workload),
            rule: `its emptyDirs may hold ${mebibytes(scratch)}, and its containers' limits allow ${mebibytes(limit)}`,
            source:
              "Kubernetes, local ephemeral storage: emptyDirs count against the limits of the pod's containers",
            fix: "tell nodeDisk() the sizes of its emptyDirs",
          };
    }),
  ]);
};

function isGivenDefaults(
  model: Model,
  { cluster, namespace, origin }: Workload,
  { resources }: Container,
): boolean {
  const saysNothing =
    resources === undefined || (origin.by === "chart" && cpuAndMemoryAlone.has(origin.release));
  if (origin.by === "program" || (origin.by === "chart" && !saysNothing)) {
    return false;
  }
  return model
    .of("LimitRange")
    .some(
      (range) =>
        range.cluster === cluster &&
        range.namespace === namespace &&
        listAt(range.manifest, "spec", "limits").some(
          (limit) =>
            textAt(limit, "type") === "Container" &&
            at(limit, "default", nodeDiskResource) !== undefined &&
            at(limit, "defaultRequest", nodeDiskResource) !== undefined,
        ),
    );
}

/** Bytes that a pod's emptyDirs on disk may hold, without those of unlimited size. */
function scratchOf({ pod: { volumes = [] } }: Workload): number {
  return volumes
    .flatMap((volume) => /^emptyDir (\S+)$/.exec(volume)?.[1] ?? [])
    .filter((size) => size !== "Memory")
    .reduce((total, size) => total + bytesOf(size), 0);
}

/** Bytes that a pod may use, undefined when a running container has no limit. */
function limitOf({ pod: { containers } }: Workload): number | undefined {
  const running = containers.filter(({ init, sidecar }) => init !== true || sidecar === true);
  const limits = running.map(({ resources }) => resources?.limits?.[nodeDiskResource]);
  return limits.reduce<number | undefined>(
    (total, limit) => (total === undefined || limit === undefined ? undefined : total + bytesOf(limit)),
    0,
  );
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)}Mi`;
}
