import type { ResourcePolicy } from "../policy";
import { at, entries, items, unknown, type Value } from "../value";
import { kindOf } from "./objects";

/** Other resources that accept requests from outside, and what is wrong with each. */
const others: Readonly<Record<string, (properties: Value) => Iterable<string>>> = {
  "route.openshift.io/Route": (properties) => withoutTls(properties, "spec.tls"),
  "traefik.io/IngressRoute": (properties) => withoutTls(properties, "spec.tls"),
  "traefik.containo.us/IngressRoute": (properties) => withoutTls(properties, "spec.tls"),
  "projectcontour.io/HTTPProxy": (properties) =>
    at(properties, "spec", "virtualhost") === undefined ? [] : withoutTls(properties, "spec.virtualhost.tls"),
  "networking.istio.io/Gateway": istioServers,
  "gateway.networking.k8s.io/Gateway": listenersWithoutTls,
};

function* withoutTls(properties: Value, path: string): Iterable<string> {
  if (at(properties, ...path.split(".")) === undefined)
    yield `${path} is not set, so it answers by plain HTTP: set it.`;
}

/** A listener by HTTP beside one by HTTPS is there to redirect. */
function* listenersWithoutTls(properties: Value): Iterable<string> {
  const listeners = items(at(properties, "spec", "listeners"));
  const protocols = listeners.map((one) => at(one, "protocol"));
  if (protocols.some((one) => one === unknown || one === "HTTPS" || one === "TLS")) return;
  for (const [index, protocol] of protocols.entries()) {
    if (protocol === "HTTP") {
      yield `spec.listeners[${index}] answers by plain HTTP, and none by HTTPS: add one with tls.certificateRefs.`;
    }
  }
}

function* istioServers(properties: Value): Iterable<string> {
  for (const [index, server] of items(at(properties, "spec", "servers")).entries()) {
    const redirects = at(server, "tls", "httpsRedirect");
    if (at(server, "port", "protocol") !== "HTTP" || redirects === true || redirects === unknown) continue;
    yield `spec.servers[${index}] answers by plain HTTP: set tls.httpsRedirect.`;
  }
}

export const ingressTls: ResourcePolicy = {
  id: "kubernetes-ingress-tls",
  scope: "resource",
  what: "Every host of an Ingress, or of what takes its place, has a certificate.",
  why: "What goes over plain HTTP is read and changed on the way, tokens and cookies included.",
  severity: "high",
  standards: ["NSA/CISA Kubernetes hardening", "PCI-DSS 4: 4.2.1", "K5"],
  remediation: "Name each host of spec.rules in spec.tls[].hosts, with the Secret of its certificate.",
  appliesTo: (type) =>
    kindOf(type) === "networking.k8s.io/Ingress" || Object.hasOwn(others, kindOf(type) ?? ""),
  *validate({ type, properties }) {
    const other = kindOf(type) ?? "";
    if (Object.hasOwn(others, other)) {
      yield* others[other]?.(properties) ?? [];
      return;
    }
    for (const [key, value] of entries(at(properties, "metadata", "annotations"))) {
      if (!/\/(force-)?ssl-redirect$/.test(key) || String(value === unknown ? "" : value) !== "false")
        continue;
      yield `metadata.annotations["${key}"] is false, so it answers by plain HTTP too: remove it.`;
    }
    const tls = at(properties, "spec", "tls");
    if (tls === unknown) return;
    const blocks = items(tls);
    for (const [index, block] of blocks.entries()) {
      if (block !== unknown && at(block, "secretName") === undefined) {
        yield `spec.tls[${index}].secretName is not set, so the controller answers with a certificate of its own: set it.`;
      }
    }
    const backend = at(properties, "spec", "defaultBackend") ?? at(properties, "spec", "backend");
    if (backend !== undefined && backend !== unknown && blocks.length === 0) {
      yield "spec.defaultBackend answers every host without a certificate: add spec.tls.";
    }
    for (const [index, rule] of items(at(properties, "spec", "rules")).entries()) {
      const host = rule === unknown ? unknown : (at(rule, "host") ?? "");
      if (host === unknown || blocks.some((block) => mayCover(block, host))) continue;
      const which = host === "" ? "every host" : String(host);
      yield `spec.rules[${index}]: ${which} has no certificate: name it in spec.tls[].hosts.`;
    }
  },
};

/**
 * Whether a block may contain the host's certificate: by its name, by a wildcard one level above, or for
 * every host.
 */
function mayCover(block: Value, host: Value): boolean {
  const hosts = at(block, "hosts");
  if (block === unknown || hosts === unknown) return true;
  if (hosts === undefined) return true;
  const above = typeof host === "string" ? host.replace(/^[^.]+/, "*") : host;
  return items(hosts).some((one) => one === unknown || one === host || one === above);
}
