import type { CheckFailure, ResourceReference, Values } from "../standin";
import { isValues } from "./json";
import { annotations, automaticName } from "./manifest";

/** `apps/v1` and `Deployment` of `kubernetes:apps/v1:Deployment`, as manifests write them. */
export function kindOf(token: string): { readonly apiVersion: string; readonly kind: string } {
  const [, module = "", kind = ""] = token.split(":");
  return { apiVersion: module.startsWith("core/") ? module.slice("core/".length) : module, kind };
}

/** Why this type is not one that objects can be made of; undefined when it is. */
export function refusalOf(token: string): string | undefined {
  const { apiVersion, kind } = kindOf(token);
  if (apiVersion.startsWith("helm.sh/")) {
    return "charts are installed with kubernetes.helm.v3.Release, which keeps Helm's own release and hooks";
  }
  if (/^(yaml|kustomize)(\/|$)/.test(apiVersion)) {
    return `${kind} hides its objects from policies and types; declare them with their own classes or apiextensions.CustomResource`;
  }
  if (kind.endsWith("List")) {
    return `lists are no objects; declare each ${kind.slice(0, -"List".length)} by itself`;
  }
  if (kind.endsWith("Patch")) {
    return `patches of objects that something else owns are not offered; declare the ${kind.slice(0, -"Patch".length)} itself, or configure what makes it`;
  }
  return undefined;
}

/** Faults that show without asking the cluster. */
export function shapeFailures(token: string, inputs: Values): readonly CheckFailure[] {
  const { apiVersion, kind } = kindOf(token);
  const expected = { apiVersion, kind };
  const mismatched = (["apiVersion", "kind"] as const)
    .filter((key) => typeof inputs[key] === "string" && inputs[key] !== expected[key])
    .map((key) => ({
      property: key,
      reason: `${key} is ${String(inputs[key])}, but the type says ${expected[key]}`,
    }));
  const metadata = metadataOf(inputs);
  const generated =
    metadata?.generateName !== undefined && metadata.name === undefined
      ? [
          {
            property: "metadata.generateName",
            reason:
              "server-side apply needs a name: set metadata.name, or leave both out for an automatic one",
          },
        ]
      : [];
  return [...mismatched, ...generated];
}

/** Adds what the program may leave out: kind, API version, a name and the provider's namespace. */
export function completeInputs(
  resource: ResourceReference,
  oldInputs: Values | undefined,
  newInputs: Values,
  seed: Uint8Array,
  defaultNamespace: string | undefined,
): Values {
  const metadata = metadataOf(newInputs);
  if (metadata === undefined) {
    // All of the metadata is unknown: there is nothing to complete yet.
    return { ...kindOf(resource.type), ...newInputs };
  }
  const named = metadata.name === undefined ? withName(resource, oldInputs, metadata, seed) : metadata;
  const placed =
    named.namespace === undefined && defaultNamespace !== undefined
      ? { ...named, namespace: defaultNamespace }
      : named;
  return { ...kindOf(resource.type), ...newInputs, metadata: placed };
}

function withName(
  resource: ResourceReference,
  oldInputs: Values | undefined,
  metadata: Values,
  seed: Uint8Array,
): Values {
  const old = oldInputs && metadataOf(oldInputs);
  const oldAnnotations = old?.annotations;
  const wasAutomatic = isValues(oldAnnotations) && oldAnnotations[annotations.autonamed] === "true";
  const given = metadata.annotations;
  return {
    ...metadata,
    name: wasAutomatic && typeof old?.name === "string" ? old.name : automaticName(resource.name, seed),
    annotations:
      isValues(given) || given === undefined ? { ...given, [annotations.autonamed]: "true" } : given,
  };
}

/** The metadata of inputs, `{}` when there is none; undefined when it is not known yet. */
function metadataOf(inputs: Values): Values | undefined {
  const { metadata } = inputs;
  if (metadata === undefined || metadata === null) {
    return {};
  }
  return isValues(metadata) ? metadata : undefined;
}
