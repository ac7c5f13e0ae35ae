import type { Cases, Sample } from "../testing/cases";
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
  ],
  passes: [
    {
      name: "every host has one",
      resources: [ingress([certificate], "shop.example.com", "de.eu.example.com")],
    },
    { name: "one for all", resources: [ingress([{ secretName: "tls" }], "shop.example.com")] },
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
};
