import { everywhere } from "../everywhere";
import { exceptions, namesOf } from "../exemptions/exceptions";
import type { Exception } from "../exemptions/granted";
import { isRelease } from "../helm/releases";
import type { ResourcePolicy } from "../policy";
import type { Resource } from "../resource";
import { at, items, unknown, type Value } from "../value";
import { nameOf, patchedKindOf } from "./objects";
import { makesPods } from "./pods";

interface Configuration {
  readonly exposed: readonly Exception[];
}

export const serviceExposure: ResourcePolicy<Configuration> = {
  id: "kubernetes-service-exposure",
  scope: "resource",
  what: "Only Services that the stack declares are reachable from outside the cluster, those that operators and charts make included.",
  why: "One word in a manifest gives a Service an address of its own, past the ingress, its certificates and its limits.",
  severity: "high",
  standards: ["NSA/CISA Kubernetes hardening", "PCI-DSS 4: 1.3.1", "K4"],
  remediation:
    "Set spec.type to ClusterIP and let an Ingress reach it, or declare the Service in the policy's exposed.",
  configuration: {
    exposed: exceptions(
      "Services that may have spec.type LoadBalancer or NodePort, or external addresses, as `<namespace>/<name>` of the Service, or of the custom resource or Helm release that asks for it.",
    ),
  },
  appliesTo: (type) => patchedKindOf(type) === "core/Service" || isCustom(type) || isRelease(type),
  *validate(resource, { exposed }) {
    if (isCustom(resource.type) || isRelease(resource.type)) {
      const owner = ownerOf(resource, namesOf(exposed));
      if (owner === undefined) return;
      const isOfHelm = isRelease(resource.type);
      const asked = isOfHelm ? (at(resource.properties, "values") ?? null) : resource.properties;
      const above = isOfHelm ? "values." : "";
      for (const { path, key, value } of everywhere(asked)) {
        if (!isExposing(path, key, value)) continue;
        yield `${above}${path} is ${String(value)}: let the Service be a ClusterIP, or declare ${owner} in exposed.`;
      }
      return;
    }
    const type = at(resource.properties, "spec", "type");
    const addresses = items(at(resource.properties, "spec", "externalIPs"));
    const elsewhere = at(resource.properties, "spec", "externalName");
    if (type === "ExternalName" && typeof elsewhere === "string" && isWithin(elsewhere)) {
      yield `spec.externalName is ${elsewhere}, by which others reach what only the node or the cloud may: remove it.`;
    }
    const isTyped = type === "LoadBalancer" || type === "NodePort";
    if (!isTyped && addresses.length === 0) return;
    const owner = ownerOf(resource, namesOf(exposed));
    if (owner === undefined) return;
    const found = isTyped ? `spec.type is ${type}` : "spec.externalIPs is set";
    yield `${found}: set ClusterIP, or declare ${owner} in exposed.`;
  },
};

/** Whether operators may make Services for resources of this type. */
function isCustom(type: string): boolean {
  return makesPods(type) && (patchedKindOf(type) ?? "").includes(".");
}

/** Whether a setting of a custom resource or a chart gives a Service an address outside the cluster. */
function isExposing(path: string, key: string, value: Value): boolean {
  if (typeof value !== "string" || !/^(LoadBalancer|NodePort)$/i.test(value) || path.startsWith("status"))
    return false;
  return /serviceType$/i.test(key) || (key === "type" && /service|listener/i.test(path));
}

/** How the resource is declared; undefined when it is, or may be. */
function ownerOf(resource: Resource, exposed: readonly string[]): string | undefined {
  const isOfHelm = isRelease(resource.type);
  const namespace =
    at(resource.properties, ...(isOfHelm ? [] : ["metadata"]), "namespace") ??
    at(resource.provider?.properties, "namespace") ??
    "default";
  const name = isOfHelm ? (at(resource.properties, "name") ?? resource.name) : nameOf(resource);
  if (mayBeDeclared(namespace, name, exposed)) return undefined;
  return `${String(namespace === unknown ? "<namespace>" : namespace)}/${String(name === unknown ? "<name>" : name)}`;
}

function mayBeDeclared(namespace: Value, name: Value, exposed: readonly string[]): boolean {
  return exposed.some((one) => {
    const [space, service] = one.split("/");
    return (namespace === unknown || namespace === space) && (name === unknown || name === service);
  });
}

/** Addresses and names inside: the machine itself, the cloud's metadata, the API server. */
function isWithin(name: string): boolean {
  return (
    /^[\d.]+$/.test(name) ||
    name.includes(":") ||
    // Some name servers answer with the address that is written in the name.
    /(^|[.-])(127|169[.-]254)([.-]\d+){2,3}([.-]|$)/.test(name) ||
    /^(localhost|metadata|instance-data)(\.|$)|^kubernetes(\.default(\.svc(\..*)?)?)?$|\.(internal|localhost)\.?$/i.test(
      name,
    )
  );
}
