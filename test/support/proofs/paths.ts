import { answersWithin } from "../../../infra/config/hosts";
import { paths } from "../../../proofs/paths";
import { evidenceOf, faultsOf, object, type Piece } from "./evidence";

export const faults = (...pieces: readonly Piece[]) =>
  faultsOf(paths, evidenceOf(...pieces)).map((text) => text.replace(/^.*?, ai\.example: /, ""));

export const namespace = "atlas";

export const issuer = (...solvers: readonly object[]) =>
  object("issuer", "cert-manager.io/v1", "ClusterIssuer", {
    metadata: { name: "letsencrypt-prod" },
    spec: { acme: { server: "https://acme.example", privateKeySecretRef: { name: "a" }, solvers } },
  });

export const overHttp = { http01: { ingress: {} } };

export const ingress = (
  annotations: Readonly<Record<string, string>> = {},
  path = "/",
  tls = ["ai.example"],
) =>
  object("ingress", "networking.k8s.io/v1", "Ingress", {
    metadata: {
      name: "ai",
      namespace,
      annotations: { "cert-manager.io/cluster-issuer": "letsencrypt-prod", ...annotations },
    },
    spec: {
      tls: [{ hosts: tls, secretName: "ai-tls" }],
      rules: [
        {
          host: "ai.example",
          http: { paths: [{ path, backend: { service: { name: "ai", port: { number: 80 } } } }] },
        },
      ],
    },
  });

export const demanding = {
  "http-snippets": 'proxy_request_buffering off;\nmap "$host/$key" $past { default 0; "ai.example/" 1; }',
  "server-snippets": "if ($past) { return 403; }",
  "worker-connections": "4096",
};

export const nginx = (entries: Readonly<Record<string, string>>): Piece => ({
  type: "kubernetes:helm.sh/v3:Release",
  name: "ingress-release",
  inputs: {
    name: "nginx-ingress",
    namespace: "ingress",
    chart: "nginx-ingress",
    version: "1",
    values: { controller: { config: { entries } } },
  },
});

export const group = (name: string, ...counted: readonly string[]) => ({
  statement: {
    managedRuleGroupStatement: {
      name,
      ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
});

export const long = { "nginx.org/proxy-read-timeout": "300s", [answersWithin]: "300s" };

export const inTheOpen = [issuer(overHttp), nginx(demanding)];
