import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { nodeDisk } from "../../infra/kit/node-disk";
import type { ReadableSecret } from "../../infra/secrets/secret-bundles";

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

/** @throws Error when a Secret has no such key */
function checkKey({ name, namespace, keys }: ReadableSecret, key: string): void {
  if (keys.includes(key)) return;
  throw new Error(`the Secret ${name} in ${namespace} has no key ${key}; it has ${keys.join(", ")}`);
}

/** When a check is made, and how often it may fail. */
export interface ProbeTiming {
  /** Seconds. @default 0 */
  readonly initialDelaySeconds?: number;
  /** Seconds. @default 10 */
  readonly periodSeconds?: number;
  /** Seconds. @default 1 */
  readonly timeoutSeconds?: number;
  /** @default 3 */
  readonly failureThreshold?: number;
}

/** A check of a container from outside: over HTTP, or over TCP where it names no path. */
export interface PortProbe extends ProbeTiming {
  /** Path that answers 200 when all is well. Left out: the port has to accept connections. */
  readonly path?: string;
  /** Name of the port. */
  readonly port: string;
}

/** A check of a container from inside, for one that listens on no port. */
export interface CommandProbe extends ProbeTiming {
  /** Ends with 0 when all is well. */
  readonly command: readonly string[];
}

/** A check of a container. */
export type Probe = PortProbe | CommandProbe;

/** Probes of a container: whether it has started, must be restarted, may get requests. (K4) */
export interface Probes {
  /** Left out: the liveness check's, with five minutes to succeed, so that a slow start is no reason for a restart. */
  readonly startup?: Probe;
  readonly liveness: Probe;
  readonly readiness: Probe;
}

/**
 * Timing of a liveness check that asks the same as the readiness check, where the software answers only one question: a
 * container that fails gets no requests within seconds, and is restarted only when it does not recover within a minute.
 */
export const restartedLast = { periodSeconds: 10, failureThreshold: 6 } as const;

/** Something that a container finds in its file system. Everything else of it is read-only. */
export type Mount =
  /** Empty at first, gone with the pod: scratch space. */
  | { readonly kind: "scratch"; readonly path: string; readonly size: string }
  /** Shared memory: counts against the container's memory. */
  | { readonly kind: "memory"; readonly path: string; readonly size: string }
  /** A volume that is each pod's own, and goes with it: for what is too large for the node's disk. */
  | { readonly kind: "ephemeral-volume"; readonly path: string; readonly size: string }
  /** A volume that stays. */
  | {
      readonly kind: "volume";
      readonly path: string;
      readonly claim: string;
      /** @default false */
      readonly readOnly?: boolean;
      /** A folder of the volume. @default the whole volume */
      readonly folder?: string;
    }
  /** Files of configuration, by name. The pods roll when one changes. */
  | { readonly kind: "files"; readonly path: string; readonly files: Readonly<Record<string, string>> }
  /** A Secret's keys as files, readable by the container alone. (D6, 002) */
  | {
      readonly kind: "secret";
      readonly path: string;
      readonly secret: ReadableSecret;
      /** The keys that become files, by the file's name. @default every key, by its own name */
      readonly items?: Readonly<Record<string, string>>;
    }
  /** A volume of the pod's `volumes`, which several of its containers may mount. */
  | {
      readonly kind: "pod-volume";
      readonly path: string;
      /** The volume's name in `volumes`. */
      readonly volume: string;
      /** @default false */
      readonly readOnly?: boolean;
    };

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
type Volume = types.input.core.v1.Volume;

/** The extended resource by which pods ask for graphics cards. */
const gpuResource = "nvidia.com/gpu";

/** Where every container may write, whatever else it mounts. */
const temporaryFiles: Mount = { kind: "scratch", path: "/tmp", size: "256Mi" };

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

/**
 * The volumes behind a container's mounts, but for those that are the pod's; files of configuration are in the ConfigMap of the
 * given name.
 *
 * @param volumePrefix as in {@link containerOf}
 */
export function volumesOf(args: ContainerArgs, configMap: string, volumePrefix = ""): Volume[] {
  return mountsOf(args).flatMap((mount, index) =>
    mount.kind === "pod-volume"
      ? []
      : [{ name: volumeName(mount, index, volumePrefix), ...source(mount, configMap) }],
  );
}

/** The files of configuration that a container mounts, for its ConfigMap; undefined when it mounts none. */
export function filesOf({ mounts = [] }: ContainerArgs): Readonly<Record<string, string>> | undefined {
  const files = mounts.flatMap((mount) => (mount.kind === "files" ? [mount.files] : []));
  return files.length === 0 ? undefined : Object.assign({}, ...files);
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

function mountsOf({ mounts = [] }: ContainerArgs): readonly Mount[] {
  return mounts.some(({ path }) => path === temporaryFiles.path) ? mounts : [temporaryFiles, ...mounts];
}

function volumeName(mount: Mount, index: number, prefix: string): string {
  if (mount.kind === "pod-volume") return mount.volume;
  const { kind, path } = mount;
  const readable = `${prefix}${path}`
    .replaceAll(/[^a-z0-9]+/gi, "-")
    .replaceAll(/^-+|-+$/g, "")
    .toLowerCase();
  return readable.length > 0 && readable.length <= 60 ? readable : `${prefix}${kind}-${index}`;
}

function isReadOnlyVolume(mount: Mount): boolean {
  return (mount.kind === "volume" || mount.kind === "pod-volume") && mount.readOnly === true;
}

function source(mount: Exclude<Mount, { kind: "pod-volume" }>, configMap: string): Omit<Volume, "name"> {
  switch (mount.kind) {
    case "scratch":
      return { emptyDir: { sizeLimit: mount.size } };
    case "memory":
      return { emptyDir: { medium: "Memory", sizeLimit: mount.size } };
    case "ephemeral-volume":
      return { ephemeral: { volumeClaimTemplate: { spec: claimOf(mount) } } };
    case "volume":
      return { persistentVolumeClaim: { claimName: mount.claim } };
    case "files":
      return { configMap: { name: configMap } };
    case "secret":
      return { secret: secretOf(mount) };
  }
}

function claimOf({
  size,
}: Extract<Mount, { kind: "ephemeral-volume" }>): types.input.core.v1.PersistentVolumeClaimSpec {
  return {
    accessModes: ["ReadWriteOnce"],
    // Never a class that keeps its volumes in production: each pod that is replaced would leave one behind, and its costs.
    storageClassName: "standard",
    resources: { requests: { storage: size } },
  };
}

function secretOf({
  secret,
  items = {},
}: Extract<Mount, { kind: "secret" }>): types.input.core.v1.SecretVolumeSource {
  const files = Object.entries(items).map(([path, key]) => {
    checkKey(secret, key);
    return { key, path };
  });
  // Of a key that is named, the file has to be there: a stack that does without one must not keep the pod from starting.
  const optional = Object.values(items).some((key) => secret.optional.includes(key));
  return {
    secretName: secret.name,
    defaultMode: 0o440,
    ...(files.length > 0 && { items: files }),
    ...(optional && { optional }),
  };
}

function patient(liveness: Probe): Probe {
  return { ...liveness, initialDelaySeconds: 0, periodSeconds: 10, failureThreshold: 30 };
}

function probeOf(probe: Probe): types.input.core.v1.Probe {
  if ("command" in probe) {
    const { command, ...timing } = probe;
    return { exec: { command: [...command] }, ...timing };
  }
  const { path, port, ...timing } = probe;
  return path === undefined ? { tcpSocket: { port }, ...timing } : { httpGet: { path, port }, ...timing };
}
