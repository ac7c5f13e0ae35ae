import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { object } from "../testing/samples";
import { unknown, type Value } from "../value";
import { ingressTls } from "./ingress-tls";

function ingress(tls: Value, ...hosts: readonly Value[]): Sample {
  return object("networking.k8s.io/v1:Ingress", "web", { tls, rules: hosts.map((host) => ({ host })) });
}

function bare(which: string, index = 0): string {
  return `web: spec.rules[${index}]: ${which} has no certificate: name it in spec.tls[].hosts.`;
}

const certificate = { secretName: "tls", hosts: ["shop.example.com", "*.eu.example.com"] };

export const ingressTlsCases: Cases = {
  policy: ingressTls,
  catches: [
    {
      name: "no certificate",
      resources: [ingress(null, "shop.example.com")],
      violations: [bare("shop.example.com")],
    },
    {
      name: "one host of two, and two levels below a wildcard",
      resources: [ingress([certificate], "shop.example.com", "api.example.com", "a.b.eu.example.com", null)],
      violations: [bare("api.example.com", 1), bare("a.b.eu.example.com", 2), bare("every host", 3)],
    },
    {
      name: "no Secret",
      resources: [ingress([{ hosts: ["shop.example.com"] }], "shop.example.com")],
      violations: [
        "web: spec.tls[0].secretName is not set, so the controller answers with a certificate of its own: set it.",
      ],
    },

    {
      name: "whatever host is asked for",
      resources: [
        object("networking.k8s.io/v1:Ingress", "web", { defaultBackend: { service: { name: "web" } } }),
      ],
      violations: ["web: spec.defaultBackend answers every host without a certificate: add spec.tls."],
    },

    {
      name: "what takes an Ingress's place, and one that answers by plain HTTP as well",
      resources: [
        object("traefik.io/v1alpha1:IngressRoute", "route", { routes: [{ match: "Host(`a.example.com`)" }] }),
        object("networking.istio.io/v1:Gateway", "gateway", { servers: [{ port: { protocol: "HTTP" } }] }),
        object(
          "networking.k8s.io/v1:Ingress",
          "web",
          { tls: [{ secretName: "tls" }] },
          { annotations: { "nginx.ingress.kubernetes.io/ssl-redirect": "false" } },
        ),
      ],
      violations: [
        "route: spec.tls is not set, so it answers by plain HTTP: set it.",
        "gateway: spec.servers[0] answers by plain HTTP: set tls.httpsRedirect.",
        'web: metadata.annotations["nginx.ingress.kubernetes.io/ssl-redirect"] is false, so it answers by plain HTTP too: remove it.',
      ],
    },
    {
      name: "a Gateway by plain HTTP alone",
      resources: [
        object("gateway.networking.k8s.io/v1:Gateway", "gateway", {
          listeners: [{ name: "http", port: 80, protocol: "HTTP" }],
        }),
      ],
      violations: [
        "gateway: spec.listeners[0] answers by plain HTTP, and none by HTTPS: add one with tls.certificateRefs.",
      ],
    },
  ],
  passes: [
    {
      name: "every host has one",
      resources: [ingress([certificate], "shop.example.com", "de.eu.example.com")],
    },
    { name: "one for all", resources: [ingress([{ secretName: "tls" }], "shop.example.com")] },
    {
      name: "others that have a certificate, or lead to where there is one",
      resources: [
        object("traefik.io/v1alpha1:IngressRoute", "route", { tls: { secretName: "tls" } }),
        object("networking.istio.io/v1:Gateway", "gateway", {
          servers: [
            { port: { protocol: "HTTP" }, tls: { httpsRedirect: true } },
            { port: { protocol: "HTTPS" } },
          ],
        }),
      ],
    },
    {
      name: "a Gateway with a listener that redirects",
      resources: [
        object("gateway.networking.k8s.io/v1:Gateway", "gateway", {
          listeners: [
            { name: "http", port: 80, protocol: "HTTP" },
            { name: "https", port: 443, protocol: "HTTPS" },
          ],
        }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the Secret is not known, another host has none",
        resources: [ingress([{ ...certificate, secretName: unknown }], unknown, "api.example.com")],
        violations: [bare("api.example.com", 1)],
      },
    ],
    passes: [
      {
        name: "the hosts are not known",
        resources: [ingress(unknown, "shop.example.com"), ingress([certificate], unknown)],
      },
    ],
  },
  faults: [
    faults.without(/:Ingress$/, "spec.tls"),
    faults.set(/:Ingress$/, "spec.tls[].hosts", ["other.example.com"]),
    faults.without(/:Ingress$/, "spec.tls[].secretName"),
  ],
};
