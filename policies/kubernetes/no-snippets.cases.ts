import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { object } from "../testing/samples";
import { unknown, type Value, type Values } from "../value";
import { noSnippets } from "./no-snippets";

function ingress(annotations: Values): Sample {
  return object("networking.k8s.io/v1:Ingress", "web", {}, { annotations });
}

function server(spec: Values): Sample {
  return object("k8s.nginx.org/v1:VirtualServer", "web", spec);
}

const annotation = (key: string): string =>
  `web: metadata.annotations["${key}"] is copied into the proxy: remove it.`;

const configuration = "nginx.ingress.kubernetes.io/configuration-snippet";

const text: Value = "proxy_pass http://169.254.169.254;";

export const noSnippetsCases: Cases = {
  policy: noSnippets,
  catches: [
    {
      name: "configuration in annotations",
      resources: [
        ingress({ [configuration]: text }),
        ingress({ "nginx.ingress.kubernetes.io/auth-snippet": text }),
        ingress({ "nginx.org/server-snippets": text }),
      ],
      violations: [
        annotation(configuration),
        annotation("nginx.ingress.kubernetes.io/auth-snippet"),
        annotation("nginx.org/server-snippets"),
      ],
    },
    {
      name: "configuration in fields, and a filter of the proxy",
      resources: [
        server({ host: "web.example.com", "server-snippets": text }),
        server({ routes: [{ path: "/", "location-snippets": text }] }),
        object("networking.istio.io/v1alpha3:EnvoyFilter", "web", {}),
      ],
      violations: [
        "web: spec.server-snippets is copied into the proxy: remove it.",
        "web: spec.routes[0].location-snippets is copied into the proxy: remove it.",
        "web: EnvoyFilter changes the proxy's own configuration: use what the mesh or the gateway offers for it.",
      ],
    },
  ],
  passes: [
    {
      name: "settings that the controller offers",
      resources: [
        ingress({ "nginx.ingress.kubernetes.io/proxy-body-size": "8m" }),
        server({ host: "web.example.com", routes: [{ path: "/", action: { pass: "web" } }] }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its host is not known",
        resources: [server({ host: unknown, "http-snippets": text })],
        violations: ["web: spec.http-snippets is copied into the proxy: remove it."],
      },
    ],
    passes: [{ name: "not known", resources: [ingress({ [configuration]: unknown })] }],
  },
  faults: [
    faults.set(/:Ingress$/, "metadata.annotations.nginx.org/server-snippets", text),
    faults.beside(faults.deployment, "kubernetes:networking.istio.io/v1alpha3:EnvoyFilter", {}),
  ],
};
