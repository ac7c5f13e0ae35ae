import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { nodeDisk } from "../../infra/kit/node-disk";
import type { ReadableSecret } from "../../infra/secrets/secret-bundles";
import { checkKey, isReadOnlyVolume, type Mount, mountsOf, volumeName } from "./mounts";
import { type Probes, patient, probeOf } from "./probes";

/** An amount of CPU and memory, in Kubernetes' words: `500m`, `1Gi`. */
export interface Amount {
  readonly cpu: string;
  readonly memory: string;
}

/** What a container is promised, and what it may use at most. (K2) */
export interface WorkloadResources {
  readonly requests: Amount;
  readonly limits: Amount;
}

/** A value of a container's environment: plain text, a key of a Secret, or something that the pod knows of itself. (D6) */
export type EnvironmentValue =
  | pulumi.Input<string>
  | { readonly secret: ReadableSecret; readonly key: string }
  /** A field of the pod, by its path: `metadata.name`. */
  | { readonly field: string };

/** A key of a Secret, for a container's environment. */
export function fromSecret(secret: ReadableSecret, key: string): EnvironmentValue {
  checkKey(secret, key);
  return { secret, key };
}

/** The container of a workload. */
export interface ContainerArgs {
  /** `repository:tag` or `repository:tag@sha256:...`; an input of the stack. (D7) */
  readonly image: string;
  /** @default the image's own */
  readonly command?: readonly string[];
  /** @default the image's own */
  readonly args?: readonly string[];
  /** Ports that it listens on, by name. */
  readonly ports?: Readonly<Record<string, number>>;
  readonly environment?: Readonly<Record<string, EnvironmentValue>>;
  readonly resources: WorkloadResources;
  /** Graphics cards. @default 0 */
  readonly gpus?: number;
  readonly mounts?: readonly Mount[];
  readonly probes?: Probes;
}

type Container = types.input.core.v1.Container;

/** The extended resource by which pods ask for graphics cards. */
const gpuResource = "nvidia.com/gpu";

/** How many seconds a pod that is to go still serves while load balancers forget it. */
export const serviceDrainSeconds = 10;

/**
 * A container as the API takes it: not root, with a read-only root file system and no capabilities. (K1)
 *
 * @param volumePrefix what the names of its own volumes begin with, so that no two containers of a pod have one in common
 */
export function containerOf(
  name: string,
  args: ContainerArgs,
  drainSeconds: number,
  volumePrefix = "",
): Container {
  const { resources, gpus = 0, probes } = args;
  const cards: Readonly<Record<string, string>> = gpus > 0 ? { [gpuResource]: String(gpus) } : {};
  const disk = nodeDisk(...mountsOf(args).flatMap((mount) => (mount.kind === "scratch" ? [mount.size] : [])));
  return {
    name,
    image: args.image,
    imagePullPolicy: "IfNotPresent",
    ...(args.command && { command: [...args.command] }),
    ...(args.args && { args: [...args.args] }),
    ...(args.ports && {
      ports: Object.entries(args.ports).map(([port, containerPort]) => ({
        name: port,
        containerPort,
        protocol: "TCP",
      })),
    }),
    env: Object.entries(args.environment ?? {}).map(([variable, value]) =>
      environmentVariable(variable, value),
    ),
    resources: {
      requests: { ...resources.requests, ...disk.requests, ...cards },
      limits: { ...resources.limits, ...disk.limits, ...cards },
    },
    volumeMounts: mountsOf(args).map((mount, index) => ({
      name: volumeName(mount, index, volumePrefix),
      mountPath: mount.path,
      ...(mount.kind === "volume" && mount.folder !== undefined && { subPath: mount.folder }),
      ...((mount.kind === "files" || mount.kind === "secret" || isReadOnlyVolume(mount)) && {
        readOnly: true,
      }),
    })),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      seccompProfile: { type: "RuntimeDefault" },
    },
    ...(probes && {
      startupProbe: probeOf(probes.startup ?? patient(probes.liveness)),
      livenessProbe: probeOf(probes.liveness),
      readinessProbe: probeOf(probes.readiness),
    }),
    ...(drainSeconds > 0 && { lifecycle: { preStop: { sleep: { seconds: drainSeconds } } } }),
  };
}

/** The Secrets that a container reads, by environment or by mount. */
export function secretsOf({
  environment = {},
  mounts = [],
}: Pick<ContainerArgs, "environment" | "mounts">): readonly ReadableSecret[] {
  const read = Object.values(environment).flatMap((value) => (isSecretKey(value) ? [value.secret] : []));
  const mounted = mounts.flatMap((mount) => (mount.kind === "secret" ? [mount.secret] : []));
  return [...new Set([...read, ...mounted])];
}

function isSecretKey(
  value: EnvironmentValue,
): value is { readonly secret: ReadableSecret; readonly key: string } {
  return typeof value === "object" && value !== null && "secret" in value && "key" in value;
}

function isField(value: EnvironmentValue): value is { readonly field: string } {
  return typeof value === "object" && value !== null && "field" in value;
}

function environmentVariable(name: string, value: EnvironmentValue): types.input.core.v1.EnvVar {
  if (isField(value)) return { name, valueFrom: { fieldRef: { fieldPath: value.field } } };
  if (!isSecretKey(value)) return { name, value };
  const { secret, key } = value;
  const optional = secret.optional.includes(key);
  return { name, valueFrom: { secretKeyRef: { name: secret.name, key, ...(optional && { optional }) } } };
}
