import type { ObjectFacts, ServicePort } from "./object";
import { at, listAt, mapAt, numberAt, numberOrTextAt, some, textAt, textsAt } from "./read";

type Answering = NonNullable<ObjectFacts["service"]>;

/** The facts about a Service. */
export function serviceFactsOf(
  manifest: unknown,
): Pick<ObjectFacts, "type" | "headless" | "selector" | "ports" | "externalName"> {
  return {
    type: textAt(manifest, "spec", "type"),
    headless: textAt(manifest, "spec", "clusterIP") === "None" ? true : undefined,
    selector: mapAt(manifest, "spec", "selector"),
    ports: some(listAt(manifest, "spec", "ports").map(portOf)),
    externalName: textAt(manifest, "spec", "externalName"),
  };
}

function portOf(port: unknown): ServicePort {
  const protocol = textAt(port, "protocol");
  return {
    name: textAt(port, "name"),
    port: numberAt(port, "port") ?? 0,
    targetPort: numberOrTextAt(port, "targetPort"),
    protocol: protocol === "TCP" ? undefined : protocol,
  };
}

/** Webhooks with a Service of the cluster behind them. */
export function webhooksOf(manifest: unknown): ObjectFacts["webhooks"] {
  return some(
    listAt(manifest, "webhooks").flatMap((webhook) => {
      const service = answeringOf(at(webhook, "clientConfig", "service"));
      const failurePolicy = textAt(webhook, "failurePolicy") ?? "Fail";
      return service === undefined ? [] : [{ name: textAt(webhook, "name") ?? "", failurePolicy, service }];
    }),
  );
}

/** The Service behind an APIService; undefined for APIs of the API server itself. */
export function apiServiceOf(manifest: unknown): Answering | undefined {
  return answeringOf(at(manifest, "spec", "service"));
}

function answeringOf(service: unknown): Answering | undefined {
  const name = textAt(service, "name");
  return name === undefined
    ? undefined
    : {
        name,
        namespace: textAt(service, "namespace") ?? "default",
        path: textAt(service, "path"),
        port: numberAt(service, "port"),
      };
}

/** The routes of an Ingress, and the Secrets with its certificates. */
export function ingressFactsOf(manifest: unknown): Pick<ObjectFacts, "class" | "routes" | "tls"> {
  const routes = listAt(manifest, "spec", "rules").flatMap((rule) =>
    listAt(rule, "http", "paths").map((path) => ({
      host: textAt(rule, "host"),
      path: textAt(path, "path"),
      service: textAt(path, "backend", "service", "name") ?? "",
      port:
        numberAt(path, "backend", "service", "port", "number") ??
        textAt(path, "backend", "service", "port", "name") ??
        "",
    })),
  );
  const tls = listAt(manifest, "spec", "tls").map((one) => ({
    secret: textAt(one, "secretName"),
    hosts: some(textsAt(one, "hosts")),
  }));
  return { class: textAt(manifest, "spec", "ingressClassName"), routes: some(routes), tls: some(tls) };
}
