import type { types } from "@pulumi/kubernetes";
import type { ReadableSecret } from "../../infra/secrets/secret-bundles";

/** @throws Error when a Secret has no such key */
export function checkKey({ name, namespace, keys }: ReadableSecret, key: string): void {
  if (keys.includes(key)) return;
  throw new Error(`the Secret ${name} in ${namespace} has no key ${key}; it has ${keys.join(", ")}`);
}

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

type Volume = types.input.core.v1.Volume;

/** What mounts. */
interface Mounted {
  readonly mounts?: readonly Mount[];
}

/** Where every container may write, beside its other mounts. */
const temporaryFiles: Mount = { kind: "scratch", path: "/tmp", size: "256Mi" };

/**
 * The volumes behind a container's mounts, but for those that are the pod's; files of configuration are in the ConfigMap of the
 * given name.
 *
 * @param volumePrefix as in {@link containerOf}
 */
export function volumesOf(args: Mounted, configMap: string, volumePrefix = ""): Volume[] {
  return mountsOf(args).flatMap((mount, index) =>
    mount.kind === "pod-volume"
      ? []
      : [{ name: volumeName(mount, index, volumePrefix), ...source(mount, configMap) }],
  );
}

/** The files of configuration that a container mounts, for its ConfigMap; undefined when it mounts none. */
export function filesOf({ mounts = [] }: Mounted): Readonly<Record<string, string>> | undefined {
  const files = mounts.flatMap((mount) => (mount.kind === "files" ? [mount.files] : []));
  return files.length === 0 ? undefined : Object.assign({}, ...files);
}

export function mountsOf({ mounts = [] }: Mounted): readonly Mount[] {
  return mounts.some(({ path }) => path === temporaryFiles.path) ? mounts : [temporaryFiles, ...mounts];
}

export function volumeName(mount: Mount, index: number, prefix: string): string {
  if (mount.kind === "pod-volume") return mount.volume;
  const { kind, path } = mount;
  const readable = `${prefix}${path}`
    .replaceAll(/[^a-z0-9]+/gi, "-")
    .replaceAll(/^-+|-+$/g, "")
    .toLowerCase();
  return readable.length > 0 && readable.length <= 60 ? readable : `${prefix}${kind}-${index}`;
}

export function isReadOnlyVolume(mount: Mount): boolean {
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
