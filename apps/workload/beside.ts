import type { types } from "@pulumi/kubernetes";
import { cpuMillis, memoryMib } from "../../primitives/quantity";
import { type ContainerArgs, containerOf } from "./container";
import { type Mount, volumesOf } from "./mounts";

type Container = types.input.core.v1.Container;
type Volume = types.input.core.v1.Volume;
type PodSpec = types.input.core.v1.PodSpec;

/** A container beside a workload's own: hardened like it, with a file system of its own. */
export interface ContainerBeside extends Omit<ContainerArgs, "gpus" | "mounts"> {
  /** Unique in the pod. */
  readonly name: string;
  /** Files of configuration are the workload's own container's alone. */
  readonly mounts?: readonly Exclude<Mount, { kind: "files" }>[];
}

/** What a pod has beside its workload's container. */
export interface PodParts {
  /** Containers that run one after the other, and end, before all others start. @default none */
  readonly initContainers?: readonly Omit<ContainerBeside, "probes">[];
  /** Containers that run all the time beside the workload's, such as a proxy. @default none */
  readonly sidecars?: readonly ContainerBeside[];
  /**
   * Volumes of the pod by name, for mounts of the kind `pod-volume`: to share files among containers, or for kinds of volumes
   * that {@link Mount} does not know. @default none
   */
  readonly volumes?: Readonly<Record<string, Omit<Volume, "name">>>;
  /**
   * Changes the pod at the very end, for what no argument says: host aliases, DNS options, a runtime class. What it takes away
   * is gone, so that the policies may refuse the workload.
   */
  readonly pod?: (spec: PodSpec) => PodSpec;
}

/** Containers and volumes of a pod, those of the workload's own container first. */
export function containersOf(
  name: string,
  args: ContainerArgs & PodParts,
  { configMap, drainSeconds }: { readonly configMap: string; readonly drainSeconds: number },
): Pick<PodSpec, "initContainers" | "containers" | "volumes"> {
  const { initContainers = [], sidecars = [], volumes = {} } = args;
  checkNames(name, args);
  // A sidecar that ended before the workload's container would cut the requests off that it still answers.
  const built = ({ name: own, ...container }: ContainerBeside, drain: number): Container =>
    containerOf(own, container, drain, `${own}-`);
  return {
    ...(initContainers.length > 0 && { initContainers: initContainers.map((one) => built(one, 0)) }),
    containers: [containerOf(name, args, drainSeconds), ...sidecars.map((one) => built(one, drainSeconds))],
    volumes: [
      ...volumesOf(args, configMap),
      ...[...initContainers, ...sidecars].flatMap((one) => volumesOf(one, configMap, `${one.name}-`)),
      ...Object.entries(volumes).map(([volume, source]) => ({ name: volume, ...source })),
    ],
  };
}

/**
 * @throws Error when two containers of a pod have one name, or one mounts a volume that the pod does not have
 */
function checkNames(name: string, args: ContainerArgs & PodParts): void {
  const { initContainers = [], sidecars = [], volumes = {} } = args;
  const beside = [...initContainers, ...sidecars];
  const names = [name, ...beside.map((one) => one.name)];
  const doubled = names.find((one, index) => names.indexOf(one) < index);
  if (doubled !== undefined) {
    throw new Error(`two containers of ${name} are called ${doubled}; each needs a name of its own`);
  }
  const mounts = [args, ...beside].flatMap((one) => one.mounts ?? []);
  const missing = mounts.find((mount) => mount.kind === "pod-volume" && !(mount.volume in volumes));
  if (missing?.kind === "pod-volume") {
    throw new Error(
      `${name} mounts the volume ${missing.volume} at ${missing.path}; its volumes are ${Object.keys(volumes).join(", ") || "none"}. For example volumes: { ${missing.volume}: { emptyDir: { sizeLimit: "1Gi" } } }`,
    );
  }
}

/** What the scheduler counts for a pod: all that run together, or the largest of those that run before. */
export function podRequests({
  resources,
  initContainers = [],
  sidecars = [],
}: Pick<ContainerArgs, "resources"> & PodParts): ContainerArgs["resources"]["requests"] {
  if (initContainers.length === 0 && sidecars.length === 0) return resources.requests;
  const together = [resources, ...sidecars.map((one) => one.resources)].map(({ requests }) => requests);
  const before = initContainers.map((one) => one.resources.requests);
  const most = (of: (requests: { readonly cpu: string; readonly memory: string }) => number): number =>
    Math.max(
      together.reduce((sum, requests) => sum + of(requests), 0),
      ...before.map(of),
    );
  return {
    cpu: `${most(({ cpu }) => cpuMillis(cpu))}m`,
    memory: `${Math.ceil(most(({ memory }) => memoryMib(memory)))}Mi`,
  };
}
