import { everywhere } from "../everywhere";
import type { ResourcePolicy } from "../policy";
import { at, entries, unknown, type Value } from "../value";
import { patchedKindOf } from "./objects";

/** Annotations and fields whose text the controller copies into the configuration of the whole proxy. */
const snippet = /(^|[/-])[a-z-]*-?snippets?$/;

/** Kinds of NGINX's controllers that have such fields. */
const kinds = /^k8s\.nginx\.org\/|^networking\.k8s\.io\/Ingress$/;

/** Kinds that add to the proxy what their author writes. */
const raw = ["networking.istio.io/EnvoyFilter", "gateway.envoyproxy.io/EnvoyPatchPolicy"];

export const noSnippets: ResourcePolicy = {
  id: "kubernetes-no-snippets",
  scope: "resource",
  what: "No Ingress or route writes configuration of the proxy that serves all.",
  why: "A snippet runs in the proxy of every host: it reads the certificates' keys and the controller's token, and answers for others.",
  severity: "high",
  standards: ["NSA/CISA Kubernetes hardening", "CVE-2021-25742", "K5"],
  remediation:
    "Use the annotations and fields that the controller offers for the setting, or set it for all in the controller's own configuration.",
  appliesTo: (type) => {
    const kind = patchedKindOf(type) ?? "";
    return kinds.test(kind) || raw.includes(kind);
  },
  *validate({ type, properties }) {
    const kind = patchedKindOf(type) ?? "";
    if (raw.includes(kind)) {
      yield `${kind.replace(/^.*\//, "")} changes the proxy's own configuration: use what the mesh or the gateway offers for it.`;
      return;
    }
    for (const [key, value] of entries(at(properties, "metadata", "annotations"))) {
      if (isSnippet(key, value)) yield `metadata.annotations["${key}"] is copied into the proxy: remove it.`;
    }
    for (const { path, key, value } of everywhere(at(properties, "spec") ?? null)) {
      if (isSnippet(key, value)) yield `spec.${path} is copied into the proxy: remove it.`;
    }
  },
};

function isSnippet(key: string, value: Value): boolean {
  return snippet.test(key) && value !== unknown && value !== "";
}
