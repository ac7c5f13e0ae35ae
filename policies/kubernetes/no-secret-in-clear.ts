import { everywhere } from "../everywhere";
import type { ResourcePolicy } from "../policy";
import type { Resource } from "../resource";
import { nameBeside } from "../secrets/beside";
import { clearKeysOf, secretObjectIn } from "../secrets/manifests";
import { secretIn, shapeOf } from "../secrets/secrets";
import { orderIn } from "../secrets/texts";
import { at, entries, isObject, items, type Value } from "../value";
import { patchedKindOf } from "./objects";
import type { Container, Place } from "./pod-template";
import { allContainersOf, makesPods, podTemplatesOf } from "./pods";

export const noSecretInClear: ResourcePolicy = {
  id: "kubernetes-no-secret-in-clear",
  scope: "resource",
  what: "No environment variable, argument, annotation, ConfigMap, custom resource or text of manifests holds a secret in clear.",
  why: "Everyone who may look at a pod or a ConfigMap reads it. It also ends up in logs, dashboards and backups that leave Secrets out.",
  severity: "critical",
  standards: ["NSA/CISA Kubernetes hardening", "CIS EKS 4.4.1", "PCI-DSS 4: 8.6.2", "K4"],
  remediation: "Put the value into a Secret, and name it by env[].valueFrom.secretKeyRef or mount it.",
  appliesTo: (type) =>
    type.startsWith("kubernetes:") &&
    !/^kubernetes:(apiextensions\.k8s\.io|helm\.sh|yaml|kustomize)/.test(type),
  *validate(resource) {
    for (const container of allContainersOf(resource)) yield* inContainer(container);
    yield* inAnnotations(at(resource.properties, "metadata", "annotations"), "metadata.annotations");
    for (const { metadata, where } of podTemplatesOf(resource)) {
      const path = where("").replace(/spec\.?$/, "metadata.annotations");
      if (path !== "metadata.annotations") yield* inAnnotations(at(metadata, "annotations"), path);
    }
    const kind = patchedKindOf(resource.type) ?? "";
    if (kind === "core/ConfigMap") yield* inConfigMap(resource);
    else if (kind === "core/Secret") yield* inSecret(resource);
    else if (makesPods(resource.type)) yield* inCustom(resource);
  },
};

/** What the kubelet asks or runs. */
const handlers = [
  ["livenessProbe"],
  ["readinessProbe"],
  ["startupProbe"],
  ["lifecycle", "postStart"],
  ["lifecycle", "preStop"],
];

function* inHandler(handler: Value | undefined, label: string, where: Place): Iterable<string> {
  for (const [index, header] of items(at(handler, "httpGet", "httpHeaders")).entries()) {
    const value = at(header, "value");
    const name = nameOf(header);
    const found = typeof value === "string" ? secretIn(name, `${name}: ${value}`) : undefined;
    if (found !== undefined) {
      yield `${label}: ${where(`httpGet.httpHeaders[${index}]`)} ${name} is ${found}: ask what needs no login.`;
    }
  }
  yield* inWords(items(at(handler, "exec", "command")), label, (field) => where(`exec.command${field}`));
}

/**
 * Each word by itself, with the option before it, and all together.
 *
 * @param program the words before them, which are judged already
 */
function* inWords(
  words: readonly Value[],
  label: string,
  where: Place,
  program: readonly Value[] = [],
): Iterable<string> {
  const found: string[] = [];
  for (const [index, text] of words.entries()) {
    // An option may have its value in the next word.
    const before = words[index - 1];
    const option =
      typeof before === "string" && /^--?[a-z][\w-]*$/i.test(before) ? before.replace(/^-+/, "") : "";
    const secret = secretUnder(option, text);
    if (secret !== undefined) found.push(`${label}: ${where(`[${index}]`)} holds ${secret}: use a Secret.`);
  }
  if (found.length === 0 && words.length > 0 && orderIn([...program, ...words]) && !orderIn(program)) {
    found.push(`${label}: ${where("")} holds a password: use a Secret.`);
  }
  yield* found;
}

function* inContainer({ label, where, value }: Container): Iterable<string> {
  for (const [index, variable] of items(at(value, "env")).entries()) {
    const name = nameOf(variable);
    const found = secretUnder(name, at(variable, "value"));
    if (found === undefined) continue;
    yield `${label}: ${where(`env[${index}]`)} ${name} is ${found}: use valueFrom.secretKeyRef.`;
  }
  for (const handler of handlers) {
    const path = handler.join(".");
    yield* inHandler(at(value, ...handler), label, (field) => where(`${path}.${field}`));
  }
  const program = items(at(value, "command"));
  yield* inWords(program, label, (field) => where(`command${field}`));
  yield* inWords(items(at(value, "args")), label, (field) => where(`args${field}`), program);
}

function* inAnnotations(annotations: Value | undefined, path: string): Iterable<string> {
  for (const [key, text] of entries(annotations)) {
    // Checksums of configuration have the names of secrets.
    const found =
      typeof text === "string"
        ? (shapeOf(text) ?? (isNote(key) ? undefined : secretIn(key, text)))
        : undefined;
    if (found !== undefined) yield `${path}["${key}"] is or holds ${found}: use a Secret.`;
  }
}

/** An annotation that names a Secret, or says when one changed. */
function isNote(key: string): boolean {
  return /secret|credentials|checksum|hash/i.test(key);
}

function* inConfigMap({ properties }: Resource): Iterable<string> {
  for (const list of ["data", "binaryData"]) {
    for (const [key, text] of entries(at(properties, list))) {
      const found = secretUnder(key, list === "binaryData" ? plain(text) : text);
      if (found !== undefined) yield `${list}["${key}"] is or holds ${found}: use a Secret.`;
    }
  }
}

/** What a Secret resource holds the provider encrypts; what a text or a list of manifests holds it does not. */
function* inSecret({ label, properties }: Resource): Iterable<string> {
  if (label === undefined) return;
  for (const key of clearKeysOf(properties)) {
    yield `"${key}" is in clear in a manifest, and so in the stack's state: make a Secret of it by itself.`;
  }
}

/** The text of binary data. */
function plain(text: Value): Value {
  return typeof text === "string" ? Buffer.from(text, "base64").toString("utf8") : text;
}

/** Settings of custom resources, which operators write into configurations and arguments. */
function* inCustom(resource: Resource): Iterable<string> {
  const kind = patchedKindOf(resource.type) ?? "";
  if (!kind.includes(".")) return;
  for (const { path, key, value } of everywhere(resource.properties)) {
    const whole = isObject(value) ? secretObjectIn(value) : undefined;
    if (whole !== undefined) yield `${path} is or holds ${whole}: name a Secret.`;
    if (typeof value !== "string" && typeof value !== "number") continue;
    if (/^(metadata|status)\b|(^|\.)(containers|env|command|args)\[|Ref\b/i.test(path)) continue;
    const found = secretUnder(nameBeside(resource.properties, path) ?? key, value);
    if (found !== undefined) yield `${path} is or holds ${found}: name a Secret.`;
  }
}

function nameOf(variable: Value): string {
  const name = at(variable, "name");
  return typeof name === "string" ? name : "";
}

function secretUnder(name: string, value: Value | undefined): string | undefined {
  return typeof value === "string" || typeof value === "number" ? secretIn(name, value) : undefined;
}
