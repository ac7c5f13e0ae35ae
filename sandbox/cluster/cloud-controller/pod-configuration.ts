import type { Container, KeyReference, ObjectReference, Pod } from "./objects";

/** A ConfigMap or Secret that a pod cannot start without, or one key of it. */
export interface Reference {
  readonly kind: "ConfigMap" | "Secret";
  readonly name: string;
  readonly key?: string;
}

/** Why a kubelet would not start a pod's containers, in its words. */
export interface Fault {
  readonly reference: Reference;
  /** The container that cannot be made; undefined when a volume cannot be mounted, and so none can. */
  readonly container: string | undefined;
  /** What the waiting container says. */
  readonly message: string;
  readonly event: { readonly reason: "FailedMount" | "Failed"; readonly message: string };
}

/** The keys of a ConfigMap or Secret; undefined when there is none. */
export type KeysOf = (reference: Reference) => ReadonlySet<string> | undefined;

/** Everything that a pod needs before it starts, once each. */
export function referencesOf(pod: Pod): readonly Reference[] {
  const needed = [
    ...mounts(pod).map(({ reference }) => reference),
    ...containersOf(pod).flatMap(environment),
  ];
  return [...new Map(needed.map((one) => [`${one.kind}/${one.name}`, one])).values()];
}

/** The first thing that is missing, in the order in which a kubelet looks: volumes, init containers, containers. */
export function faultOf(pod: Pod, keysOf: KeysOf): Fault | undefined {
  for (const { volume, reference } of mounts(pod)) {
    if (!isThere(reference, keysOf)) {
      const noKey =
        reference.kind === "ConfigMap"
          ? "configmap references non-existent config key"
          : "references non-existent secret key";
      const message = keysOf(reference) ? `${noKey}: ${reference.key}` : notFound(reference);
      const event = {
        reason: "FailedMount",
        message: `MountVolume.SetUp failed for volume "${volume}" : ${message}`,
      } as const;
      return { reference, container: undefined, message, event };
    }
  }
  for (const container of containersOf(pod)) {
    const reference = environment(container).find((one) => !isThere(one, keysOf));
    if (reference !== undefined) {
      const { kind, name, key } = reference;
      const place = `${kind} ${pod.metadata.namespace}/${name}`;
      const message = keysOf(reference) ? `couldn't find key ${key} in ${place}` : notFound(reference);
      const event = { reason: "Failed", message: `Error: ${message}` } as const;
      return { reference, container: container.name, message, event };
    }
  }
  return undefined;
}

function isThere(reference: Reference, keysOf: KeysOf): boolean {
  const keys = keysOf(reference);
  return keys !== undefined && (reference.key === undefined || keys.has(reference.key));
}

function notFound({ kind, name }: Reference): string {
  return `${kind.toLowerCase()} "${name}" not found`;
}

function containersOf({ spec }: Pod): readonly Container[] {
  return [...(spec.initContainers ?? []), ...spec.containers];
}

function mounts({ spec }: Pod): readonly { readonly volume: string; readonly reference: Reference }[] {
  return (spec.volumes ?? []).flatMap(({ name: volume, configMap, secret, projected }) => {
    const whole = secret && { ...secret, name: secret.secretName };
    return [{ configMap, secret: whole }, ...(projected?.sources ?? [])]
      .flatMap((source) => [...files("ConfigMap", source.configMap), ...files("Secret", source.secret)])
      .map((reference) => ({ volume, reference }));
  });
}

function files(
  kind: Reference["kind"],
  source: (ObjectReference & { readonly items?: readonly { readonly key: string }[] }) | undefined,
): readonly Reference[] {
  return (source?.items ?? [undefined]).flatMap((item) => required(kind, source && { ...source, ...item }));
}

function environment({ env = [], envFrom = [] }: Container): readonly Reference[] {
  return [
    ...envFrom.flatMap(({ configMapRef, secretRef }) => [
      ...required("ConfigMap", configMapRef),
      ...required("Secret", secretRef),
    ]),
    ...env.flatMap(({ valueFrom }) => [
      ...required("ConfigMap", valueFrom?.configMapKeyRef),
      ...required("Secret", valueFrom?.secretKeyRef),
    ]),
  ];
}

function required(
  kind: Reference["kind"],
  source: ObjectReference | KeyReference | undefined,
): readonly Reference[] {
  if (source?.name === undefined || source.optional === true) {
    return [];
  }
  return [{ kind, name: source.name, ...("key" in source && { key: source.key }) }];
}
