import { addressesIn } from "./addresses";
import { type ObjectFacts, objectFacts } from "./object";
import {
  bindingFactsOf,
  budgetFactsOf,
  certificateFactsOf,
  contentFactsOf,
  hookOf,
  monitorFactsOf,
  ownerOf,
} from "./of-others";
import { apiServiceOf, ingressFactsOf, serviceFactsOf, webhooksOf } from "./of-service";
import { claimOf, workloadFactsOf } from "./of-workload";
import { at, booleanAt, isRecord, mapAt, textAt } from "./read";
import { isNamespaced } from "./scope";

export interface ManifestOptions {
  /**
   * Namespace of namespaced objects that name none: that of the release or the client. Default: `default`.
   */
  readonly namespace?: string;
  /**
   * Kinds, as `group/Kind`, whose `apiVersion`, annotations and `spec` are kept for the operators that act on
   * them.
   */
  readonly keep?: ReadonlySet<string>;
}

/**
 * The facts about a Kubernetes object, from its manifest: rendered by a chart, planned, or read from an API
 * server.
 *
 * @throws Error when it is not an object, because it has no kind or no name
 */
export function factsOfManifest(
  manifest: unknown,
  { namespace: given = "default", keep = new Set() }: ManifestOptions = {},
): ObjectFacts {
  const kind = textAt(manifest, "kind");
  const name = textAt(manifest, "metadata", "name");
  if (kind === undefined || name === undefined) {
    const start = (JSON.stringify(manifest) ?? "nothing").slice(0, 80);
    throw new Error(`${kind === undefined ? "kind" : "metadata.name"} is missing in ${start}`);
  }
  const namespace = isNamespaced(kind) ? (textAt(manifest, "metadata", "namespace") ?? given) : undefined;
  const facts: ObjectFacts = {
    kind,
    name,
    namespace,
    labels: mapAt(manifest, "metadata", "labels"),
    hook: hookOf(manifest),
    owner: ownerOf(manifest),
    ...workloadFactsOf(kind, manifest),
    ...factsByKind(kind, namespace, manifest),
    ...(keep.has(`${groupOf(manifest)}/${kind}`) ? customFactsOf(manifest) : {}),
  };
  // Through JSON, to drop undefined fields and to order the rest.
  return objectFacts.parse(JSON.parse(JSON.stringify(facts)));
}

function factsByKind(kind: string, namespace: string | undefined, manifest: unknown): Partial<ObjectFacts> {
  switch (kind) {
    case "Service":
      return serviceFactsOf(manifest);
    case "ConfigMap":
    case "Secret":
      return contentFactsOf(manifest);
    case "ServiceAccount":
      return { automountToken: booleanAt(manifest, "automountServiceAccountToken") };
    case "PodDisruptionBudget":
      return budgetFactsOf(manifest);
    case "PersistentVolumeClaim": {
      const { name: _, ...claim } = claimOf(manifest);
      return claim;
    }
    case "ServiceMonitor":
    case "PodMonitor":
      return monitorFactsOf(manifest);
    case "RoleBinding":
    case "ClusterRoleBinding":
      return bindingFactsOf(manifest, namespace);
    case "MutatingWebhookConfiguration":
    case "ValidatingWebhookConfiguration":
      return { webhooks: webhooksOf(manifest) };
    case "APIService":
      return { service: apiServiceOf(manifest) };
    case "Certificate":
      return certificateFactsOf(manifest);
    case "Ingress":
      return ingressFactsOf(manifest);
    default:
      return {};
  }
}

/** `""` for the core group. */
function groupOf(manifest: unknown): string {
  const apiVersion = textAt(manifest, "apiVersion") ?? "";
  return apiVersion.includes("/") ? apiVersion.replace(/\/.*$/, "") : "";
}

function customFactsOf(manifest: unknown): Partial<ObjectFacts> {
  const spec = at(manifest, "spec");
  const texts: string[] = [];
  const kept = withoutTexts(spec, texts);
  const urls = addressesIn(texts);
  return {
    apiVersion: textAt(manifest, "apiVersion"),
    annotations: mapAt(manifest, "metadata", "annotations"),
    spec: isRecord(kept) ? { ...kept } : undefined,
    ...(urls.length > 0 && { urls }),
  };
}

/** A specification without multi-line texts, which are configurations; they are added to `texts`. */
function withoutTexts(value: unknown, texts: string[]): unknown {
  if (typeof value === "string" && value.includes("\n")) {
    texts.push(value);
    return undefined;
  }
  if (Array.isArray(value)) {
    return value.map((one) => withoutTexts(one, texts));
  }
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutTexts(one, texts)]))
    : value;
}
