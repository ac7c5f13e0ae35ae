import { isRelease } from "../helm/releases";
import type { ResourcePolicy } from "../policy";
import type { Resource } from "../resource";
import { at, entries, items, type Value } from "../value";
import { patchedKindOf } from "./objects";
import { makesPods } from "./pods";
import { type Unverified, unverifiedIn } from "./unverified";

const webhooks = [
  "admissionregistration.k8s.io/MutatingWebhookConfiguration",
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
];
const apiService = "apiregistration.k8s.io/APIService";
const settings = ["core/ConfigMap", "core/Secret"];

export const extensionTrusted: ResourcePolicy = {
  id: "kubernetes-extension-trusted",
  scope: "resource",
  what: "The API server verifies the certificates of its extensions and webhooks, and so does what a custom resource, a ConfigMap or a release's values configure, wherever it logs in or trusts the answer.",
  why: "An impostor that answers for an extension, a store of secrets or a repository gets each request with its token, and can change the answers.",
  severity: "high",
  standards: ["NSA/CISA Kubernetes hardening", "PCI-DSS 4: 4.2.1", "K4"],
  remediation:
    "Name the certificate authority (caBundle, ca, caFile) in place of insecureSkipTLSVerify, insecureSkipVerify or the like, and name a Service or an https address in a webhook's clientConfig.",
  appliesTo: (type) => {
    const kind = patchedKindOf(type) ?? "";
    return [...webhooks, apiService, ...settings].includes(kind) || isCustom(type, kind) || isRelease(type);
  },
  *validate(resource) {
    const { type, properties } = resource;
    for (const { path, value } of unverified(resource)) {
      yield `${path} is ${value === "" ? '""' : value}, so anybody may answer: name the certificate authority instead.`;
    }
    if (!webhooks.includes(patchedKindOf(type) ?? "")) return;
    for (const [index, webhook] of items(at(properties, "webhooks")).entries()) {
      const url = at(webhook, "clientConfig", "url");
      if (typeof url !== "string" || url.startsWith("https://")) continue;
      yield `webhooks[${index}].clientConfig.url is ${url}: use https.`;
    }
  },
};

/** Kinds that only scrape. */
const scrapers = /(Monitor|Probe|Scrape(Config)?)$/;

/** Kinds whose `insecure` is about the source of what runs in the cluster. */
const sources = /^source\.toolkit\.fluxcd\.io\/|^image\.toolkit\.fluxcd\.io\//;

function unverified({ type, properties }: Resource): readonly Unverified[] {
  const kind = patchedKindOf(type) ?? "";
  if (isRelease(type)) {
    const values = at(properties, "values");
    return values === undefined ? [] : unverifiedIn({ values }, { scrapes: false, isSource: false });
  }
  if (kind === "core/Secret") return ofArgo(properties);
  return unverifiedIn(properties, { scrapes: scrapers.test(kind), isSource: sources.test(kind) });
}

/** Argo CD keeps its clusters and repositories in Secrets; of others nothing is known. */
function ofArgo(properties: Value): readonly Unverified[] {
  const label = at(properties, "metadata", "labels", "argocd.argoproj.io/secret-type");
  if (typeof label !== "string") return [];
  const data = entries(at(properties, "data")).map(([key, value]) => [
    key,
    typeof value === "string" ? Buffer.from(value, "base64").toString("utf8") : value,
  ]);
  const holder = { scrapes: false, isSource: true };
  return unverifiedIn(
    { stringData: at(properties, "stringData") ?? null, data: Object.fromEntries(data) },
    holder,
  );
}

function isCustom(type: string, kind: string): boolean {
  return makesPods(type) && kind.includes(".");
}
