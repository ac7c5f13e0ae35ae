import { addressesIn } from "./addresses";
import type { ObjectFacts } from "./object";
import { at, booleanAt, entriesAt, listAt, numberOrTextAt, some, textAt, textsAt } from "./read";
import { selectionAt } from "./selection";

/** Keys of a ConfigMap or Secret, and the addresses in its texts. */
export function contentFactsOf(manifest: unknown): Pick<ObjectFacts, "keys" | "urls" | "type"> {
  const entries = ["data", "stringData", "binaryData"].flatMap((part) => entriesAt(manifest, part));
  const encoded = textAt(manifest, "kind") === "Secret" ? entriesAt(manifest, "data") : [];
  const plain = entriesAt(manifest, "stringData").concat(
    encoded.length > 0 ? [] : entriesAt(manifest, "data"),
  );
  const texts = [
    ...plain.flatMap(([, value]) => (typeof value === "string" ? [value] : [])),
    ...encoded.flatMap(([, value]) =>
      typeof value === "string" ? [Buffer.from(value, "base64").toString("utf8")] : [],
    ),
  ];
  return {
    type: textAt(manifest, "type"),
    keys: some([...new Set(entries.map(([key]) => key))].sort()),
    urls: some(addressesIn(texts)),
  };
}

/** What a PodDisruptionBudget keeps available. */
export function budgetFactsOf(
  manifest: unknown,
): Pick<ObjectFacts, "selector" | "minAvailable" | "maxUnavailable"> {
  return {
    selector: selectionAt(manifest, "spec", "selector")?.labels,
    minAvailable: numberOrTextAt(manifest, "spec", "minAvailable"),
    maxUnavailable: numberOrTextAt(manifest, "spec", "maxUnavailable"),
  };
}

/** What a ServiceMonitor or PodMonitor scrapes. */
export function monitorFactsOf(
  manifest: unknown,
): Pick<ObjectFacts, "selector" | "namespaces" | "endpoints"> {
  const endpoints = [
    ...listAt(manifest, "spec", "endpoints"),
    ...listAt(manifest, "spec", "podMetricsEndpoints"),
  ];
  const isEverywhere = booleanAt(manifest, "spec", "namespaceSelector", "any") === true;
  return {
    selector: selectionAt(manifest, "spec", "selector")?.labels,
    namespaces: isEverywhere ? ["*"] : some(textsAt(manifest, "spec", "namespaceSelector", "matchNames")),
    endpoints: some(
      endpoints.map((endpoint) => ({
        port:
          textAt(endpoint, "port") ??
          numberOrTextAt(endpoint, "portNumber") ??
          numberOrTextAt(endpoint, "targetPort"),
        path: textAt(endpoint, "path"),
        scheme: textAt(endpoint, "scheme")?.toLowerCase(),
      })),
    ),
  };
}

/**
 * The role that a RoleBinding or ClusterRoleBinding gives, and its subjects.
 *
 * @param own the namespace of a RoleBinding, and of accounts in it that name none
 */
export function bindingFactsOf(manifest: unknown, own?: string): Pick<ObjectFacts, "role" | "subjects"> {
  return {
    role: textAt(manifest, "roleRef", "name"),
    subjects: some(
      listAt(manifest, "subjects").map((subject) => {
        const kind = textAt(subject, "kind") ?? "";
        const namespace = textAt(subject, "namespace") ?? (kind === "ServiceAccount" ? own : undefined);
        const name = textAt(subject, "name") ?? "";
        return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
      }),
    ),
  };
}

/** The Secret of a Certificate, and its names. */
export function certificateFactsOf(manifest: unknown): Pick<ObjectFacts, "secret" | "dnsNames"> {
  return {
    secret: textAt(manifest, "spec", "secretName"),
    dnsNames: some(textsAt(manifest, "spec", "dnsNames")),
  };
}

/** `Kind/name` of the controller of a live object; undefined for applied objects. */
export function ownerOf(manifest: unknown): string | undefined {
  const owners = listAt(manifest, "metadata", "ownerReferences");
  const owner = owners.find((one) => booleanAt(one, "controller") === true) ?? owners[0];
  return owner === undefined ? undefined : `${textAt(owner, "kind") ?? ""}/${textAt(owner, "name") ?? ""}`;
}

/** Helm hooks that create an object. */
export function hookOf(manifest: unknown): string | undefined {
  return textAt(at(manifest, "metadata", "annotations"), "helm.sh/hook");
}
