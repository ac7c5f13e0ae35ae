import type { ResourcePolicy } from "../policy";
import { at, items } from "../value";
import { patchedKindOf } from "./objects";

const webhooks = [
  "admissionregistration.k8s.io/MutatingWebhookConfiguration",
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
];
const apiService = "apiregistration.k8s.io/APIService";

export const extensionTrusted: ResourcePolicy = {
  id: "kubernetes-extension-trusted",
  scope: "resource",
  what: "The API server verifies the certificates of its extensions and webhooks.",
  why: "An impostor that answers for an extension sees every request and its token, and can change the answers.",
  severity: "high",
  standards: ["NSA/CISA Kubernetes hardening", "PCI-DSS 4: 4.2.1", "K4"],
  remediation:
    "Set caBundle in place of insecureSkipTLSVerify, and name a Service or an https address in clientConfig.",
  appliesTo: (type) => [...webhooks, apiService].includes(patchedKindOf(type) ?? ""),
  *validate({ properties }) {
    if (at(properties, "spec", "insecureSkipTLSVerify") === true) {
      yield "spec.insecureSkipTLSVerify is true: set caBundle instead.";
    }
    for (const [index, webhook] of items(at(properties, "webhooks")).entries()) {
      const url = at(webhook, "clientConfig", "url");
      if (typeof url !== "string" || url.startsWith("https://")) continue;
      yield `webhooks[${index}].clientConfig.url is ${url}: use https.`;
    }
  },
};
