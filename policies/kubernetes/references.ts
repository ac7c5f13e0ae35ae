import type { Resource } from "../resource";
import { at, entries, isObject, items, unknown, type Value } from "../value";
import { kindOf } from "./objects";
import { containersOf, type PodTemplate } from "./pod-template";
import { hasKnownPods, podTemplatesOf } from "./pods";

/** An object that another one names. */
export interface Reference {
  /** Where it is named. */
  readonly path: string;
  /** API group; `core` for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly name: Value;
  /** Its namespace. @default that of the object with the reference */
  readonly namespace?: Value;
  /** The expected key of a ConfigMap or Secret. */
  readonly key?: Value;
  /** The expected port of a Service. */
  readonly port?: Value;
}

type Reader = (resource: Resource) => Iterable<Reference>;

const readers: Readonly<Record<string, Reader>> = {
  "networking.k8s.io/Ingress": ingress,
  "autoscaling/HorizontalPodAutoscaler": (resource) => target(resource, "scaleTargetRef"),
  "autoscaling.k8s.io/VerticalPodAutoscaler": (resource) => target(resource, "targetRef"),
  "rbac.authorization.k8s.io/RoleBinding": binding,
  "rbac.authorization.k8s.io/ClusterRoleBinding": binding,
  "cert-manager.io/Certificate": certificate,
  "core/PersistentVolumeClaim": ({ properties }) => claim(properties, "spec"),
};

/** Whether the pack knows how objects of this type refer to others. */
export function referring(type: string): boolean {
  return hasKnownPods(type) || Object.hasOwn(readers, kindOf(type) ?? "");
}

/** The references that an object needs: optional ones are left out. */
export function* referencesOf(resource: Resource): Iterable<Reference> {
  for (const template of podTemplatesOf(resource)) yield* pod(template);
  const kind = kindOf(resource.type) ?? "";
  if (Object.hasOwn(readers, kind)) yield* readers[kind]?.(resource) ?? [];
  for (const list of claimTemplates) {
    for (const [index, template] of items(at(resource.properties, ...list)).entries()) {
      yield* claim(template, "spec", `${list.join(".")}[${index}].`);
    }
  }
}

const claimTemplates = [
  ["spec", "volumeClaimTemplates"],
  ["spec", "statefulSet", "spec", "volumeClaimTemplates"],
];

function core(kind: string, path: string, name: Value | undefined, key?: Value): Reference {
  return { group: "core", kind, path, name: name ?? null, key };
}

function* pod(template: PodTemplate): Iterable<Reference> {
  const { spec, where } = template;
  yield core("ServiceAccount", where("serviceAccountName"), at(spec, "serviceAccountName"));
  yield {
    group: "scheduling.k8s.io",
    kind: "PriorityClass",
    path: where("priorityClassName"),
    name: at(spec, "priorityClassName") ?? null,
  };
  for (const [index, secret] of items(at(spec, "imagePullSecrets")).entries()) {
    yield core("Secret", where(`imagePullSecrets[${index}].name`), at(secret, "name"));
  }
  for (const [index, volume] of items(at(spec, "volumes")).entries()) {
    yield* source(volume, (field) => where(`volumes[${index}].${field}`));
    for (const [part, projected] of items(at(volume, "projected", "sources")).entries()) {
      yield* source(projected, (field) => where(`volumes[${index}].projected.sources[${part}].${field}`));
    }
  }
  for (const container of containersOf(template)) {
    for (const [index, variable] of items(at(container.value, "env")).entries()) {
      const from = at(variable, "valueFrom");
      const path = container.where(`env[${index}].valueFrom`);
      yield* keyed("Secret", at(from, "secretKeyRef"), `${path}.secretKeyRef`);
      yield* keyed("ConfigMap", at(from, "configMapKeyRef"), `${path}.configMapKeyRef`);
    }
    for (const [index, from] of items(at(container.value, "envFrom")).entries()) {
      const path = container.where(`envFrom[${index}]`);
      yield* keyed("Secret", at(from, "secretRef"), `${path}.secretRef`);
      yield* keyed("ConfigMap", at(from, "configMapRef"), `${path}.configMapRef`);
    }
  }
}

function* keyed(kind: string, reference: Value | undefined, path: string): Iterable<Reference> {
  if (!isNeeded(reference)) return;
  yield core(kind, path, at(reference, "name"), at(reference, "key"));
}

function isNeeded(reference: Value | undefined): boolean {
  const optional = at(reference, "optional");
  return isObject(reference) && optional !== true && optional !== unknown;
}

/** A volume, or one source of a projected volume. */
function* source(volume: Value, where: (field: string) => string): Iterable<Reference> {
  for (const [field, kind] of [
    ["configMap", "ConfigMap"],
    ["secret", "Secret"],
  ] as const) {
    const mounted = at(volume, field);
    if (!isNeeded(mounted)) continue;
    const name = at(mounted, "secretName") ?? at(mounted, "name");
    yield core(kind, where(field), name);
    for (const [index, item] of items(at(mounted, "items")).entries()) {
      yield core(kind, where(`${field}.items[${index}]`), name, at(item, "key"));
    }
  }
  yield core(
    "PersistentVolumeClaim",
    where("persistentVolumeClaim"),
    at(volume, "persistentVolumeClaim", "claimName"),
  );
  yield* claim(
    at(volume, "ephemeral", "volumeClaimTemplate"),
    "spec",
    where("ephemeral.volumeClaimTemplate."),
  );
}

function* claim(owner: Value | undefined, field: string, before = ""): Iterable<Reference> {
  yield {
    group: "storage.k8s.io",
    kind: "StorageClass",
    path: `${before}${field}.storageClassName`,
    name: at(owner, field, "storageClassName") ?? null,
  };
}

function* target({ properties }: Resource, field: string): Iterable<Reference> {
  const reference = at(properties, "spec", field);
  yield { ...known(reference), path: `spec.${field}` };
}

/** A reference that contains the kind and version of the object. */
function known(reference: Value | undefined): Omit<Reference, "path"> {
  const version = at(reference, "apiVersion");
  const kind = at(reference, "kind");
  if (typeof kind !== "string" || typeof version !== "string") return { group: "", kind: "", name: unknown };
  const group = version.includes("/") ? version.replace(/\/.*/, "") : "core";
  return { group, kind, name: at(reference, "name") ?? null };
}

function* binding({ properties }: Resource): Iterable<Reference> {
  const kind = at(properties, "roleRef", "kind");
  if (kind === "Role" || kind === "ClusterRole") {
    const name = at(properties, "roleRef", "name") ?? null;
    yield { group: "rbac.authorization.k8s.io", kind, name, path: "roleRef" };
  }
  for (const [index, subject] of items(at(properties, "subjects")).entries()) {
    if (at(subject, "kind") !== "ServiceAccount") continue;
    yield {
      ...core("ServiceAccount", `subjects[${index}]`, at(subject, "name")),
      namespace: at(subject, "namespace"),
    };
  }
}

function* certificate({ properties }: Resource): Iterable<Reference> {
  const reference = at(properties, "spec", "issuerRef");
  const kind = reference === unknown ? unknown : (at(reference, "kind") ?? "Issuer");
  const group = at(reference, "group") ?? "cert-manager.io";
  if ((kind === "Issuer" || kind === "ClusterIssuer") && group === "cert-manager.io") {
    yield { group, kind, name: at(reference, "name") ?? null, path: "spec.issuerRef" };
  }
}

function* ingress({ properties }: Resource): Iterable<Reference> {
  const spec = at(properties, "spec");
  yield {
    group: "networking.k8s.io",
    kind: "IngressClass",
    name: at(spec, "ingressClassName") ?? null,
    path: "spec.ingressClassName",
  };
  yield* backend(at(spec, "defaultBackend"), "spec.defaultBackend");
  for (const [index, rule] of items(at(spec, "rules")).entries()) {
    for (const [number, path] of items(at(rule, "http", "paths")).entries()) {
      yield* backend(at(path, "backend"), `spec.rules[${index}].http.paths[${number}].backend`);
    }
  }
  const annotations = at(properties, "metadata", "annotations");
  yield* issuer(annotations, "issuer", "Issuer");
  yield* issuer(annotations, "cluster-issuer", "ClusterIssuer");
  // cert-manager creates the Secrets of an Ingress that names an issuer.
  if (annotations === unknown || entries(annotations).some(([key]) => key.startsWith("cert-manager.io/")))
    return;
  for (const [index, block] of items(at(spec, "tls")).entries()) {
    yield core("Secret", `spec.tls[${index}].secretName`, at(block, "secretName"));
  }
}

function* backend(reference: Value | undefined, path: string): Iterable<Reference> {
  const service = at(reference, "service");
  yield {
    ...core("Service", `${path}.service`, at(service, "name")),
    port: at(service, "port", "number") ?? at(service, "port", "name"),
  };
}

function* issuer(annotations: Value | undefined, annotation: string, kind: string): Iterable<Reference> {
  const key = `cert-manager.io/${annotation}`;
  yield {
    group: "cert-manager.io",
    kind,
    name: at(annotations, key) ?? null,
    path: `metadata.annotations["${key}"]`,
  };
}
