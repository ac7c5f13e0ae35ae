import { modelOf } from "../expand";
import { readPlan } from "../read-plan";
import { type ObjectFacts, objectFacts } from "./object";
import { factsOfManifest } from "./of-manifest";
import { manifestOfFacts } from "./to-manifest";

const objects = ["dev", "prod"].flatMap((stack) => modelOf(readPlan(stack)).objects);

/** Facts that a manifest made of them still has. */
function kept(facts: ObjectFacts): ObjectFacts {
  const { kind, name, namespace, labels, replicas, claims, backoffLimit, automountToken } = facts;
  const { selector, ports, headless, type, externalName, minAvailable, maxUnavailable, pod } = facts;
  const isPod = kind === "Pod";
  return factsOnly({
    ...{ kind, name, namespace, labels: isPod ? pod?.labels : labels, replicas, claims, backoffLimit },
    ...{ automountToken, selector, headless, externalName, minAvailable, maxUnavailable },
    type: type === "kubernetes.io/service-account-token" ? "Opaque" : type,
    ports: ports?.map((one) => ({ ...one })),
    ...(kind === "PersistentVolumeClaim" && { class: facts.class, size: facts.size, modes: facts.modes }),
    keys: facts.keys?.length ? facts.keys.toSorted() : undefined,
    pod: pod && {
      ...pod,
      restartPolicy: kind === "Job" ? (pod.restartPolicy ?? "Never") : pod.restartPolicy,
      antiAffinity: pod.antiAffinity?.map((one) => ({ ...one, labels: one.labels ?? undefined })),
      spread: pod.spread?.map((one) => ({ ...one, maxSkew: one.maxSkew ?? 1 })),
      volumes: pod.volumes?.map(keptVolume).toSorted(),
      security: emptied(pod.security),
      containers: pod.containers.map(({ refs: _, mounts: __, probes: ___, urls: ____, ...one }) => ({
        ...one,
        image: one.image || "unknown",
        security: emptied(one.security),
      })),
    },
  });
}

function keptVolume(volume: string): string {
  if (/^(secret|configMap) /.test(volume)) return volume.replace(/( optional)?$/, " optional");
  if (/^(emptyDir|claim|projected|downwardAPI|hostPath \/)/.test(volume)) return volume;
  return volume === "hostPath" ? "hostPath /" : "emptyDir";
}

/** A profile on the node's disk is left out. */
function emptied(security: NonNullable<ObjectFacts["pod"]>["security"]) {
  return security?.seccomp === "Localhost" ? { ...security, seccomp: undefined } : security;
}

/** As a manifest's facts are: without what is undefined or empty. */
function factsOnly(facts: ObjectFacts): ObjectFacts {
  return objectFacts.parse(
    JSON.parse(
      JSON.stringify(facts, (_, value) =>
        Array.isArray(value) && value.length === 0 ? undefined : emptyObject(value) ? undefined : value,
      ),
    ),
  );
}

function emptyObject(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && JSON.stringify(value) === "{}"
  );
}

const made = objects.flatMap(({ cluster, origin: _, manifest: __, system: ___, ...facts }) => {
  const manifest = manifestOfFacts(facts);
  return manifest
    ? [{ name: `${cluster} ${facts.kind} ${facts.namespace}/${facts.name}`, facts, manifest }]
    : [];
});

test("facts of the manifest are those that it was made of, whichever makes the object", () => {
  const differing = made.filter(
    ({ facts, manifest }) =>
      JSON.stringify(sorted(factsOnly(factsOfManifest(manifest)))) !== JSON.stringify(sorted(kept(facts))),
  );
  expect(differing.map(({ name }) => name)).toEqual([]);
  expect(new Set(made.map(({ facts }) => facts.kind))).toEqual(
    new Set([
      ...["ConfigMap", "DaemonSet", "Deployment", "IngressClass", "Job", "PersistentVolumeClaim", "Pod"],
      ...["PodDisruptionBudget", "Secret", "Service", "ServiceAccount", "StatefulSet"],
    ]),
  );
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}
