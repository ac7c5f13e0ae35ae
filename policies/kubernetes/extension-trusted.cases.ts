import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { object, release } from "../testing/samples";
import { unknown, type Value, type Values } from "../value";
import { extensionTrusted } from "./extension-trusted";

const service = (spec: Values) => object("apiregistration.k8s.io/v1:APIService", "metrics", spec);

const webhook = (clientConfig: Values) => ({
  type: "kubernetes:admissionregistration.k8s.io/v1:MutatingWebhookConfiguration",
  name: "hook",
  properties: { webhooks: [{ name: "hook.example.com", clientConfig }] },
});

const blind = (path: string, value = "true", name = "metrics"): string =>
  `${name}: ${path} is ${value}, so anybody may answer: name the certificate authority instead.`;

const issuer = (skipTLSVerify: Value) =>
  object("cert-manager.io/v1:ClusterIssuer", "acme", {
    acme: { server: "https://acme.example.com/directory", skipTLSVerify },
  });

const monitor = (endpoint: Values) =>
  object("monitoring.coreos.com/v1:ServiceMonitor", "app", {
    selector: { matchLabels: { app: "app" } },
    endpoints: [{ port: "metrics", scheme: "https", ...endpoint }],
  });

const unseen: Values = { tlsConfig: { insecureSkipVerify: true } };

const configMap = (data: Values): Sample => ({
  type: "kubernetes:core/v1:ConfigMap",
  name: "settings",
  properties: { metadata: { name: "settings", namespace: "shop" }, data },
});

const argo = (given: Values): Sample => ({
  type: "kubernetes:core/v1:Secret",
  name: "argo",
  properties: {
    metadata: {
      name: "argo",
      namespace: "argocd",
      labels: { "argocd.argoproj.io/secret-type": "repository" },
    },
    ...given,
  },
});

const output = (value: Value) =>
  object("fluentbit.fluent.io/v1alpha2:ClusterOutput", "logs", {
    customPlugin: { config: value },
  });

const scraped = (job: string) => `scrape_configs:
  - job_name: kubelets
    scheme: https
    tls_config:
      insecure_skip_verify: true
${job}`;

export const extensionTrustedCases: Cases = {
  policy: extensionTrusted,
  catches: [
    {
      name: "an extension that may be anybody",
      resources: [service({ group: "metrics.k8s.io", insecureSkipTLSVerify: true })],
      violations: [blind("spec.insecureSkipTLSVerify")],
    },
    {
      name: "a webhook in clear",
      resources: [webhook({ url: "http://hook.example.com" })],
      violations: ["hook: webhooks[0].clientConfig.url is http://hook.example.com: use https."],
    },
    {
      name: "what certificates come from, and secrets",
      resources: [
        issuer(true),
        object("secrets.hashicorp.com/v1beta1:VaultConnection", "vault", { skipTLSVerify: true }),
        object("external-secrets.io/v1:SecretStore", "store", {
          provider: { senhasegura: { url: "https://vault.example.com", ignoreSslCertificate: true } },
        }),
      ],
      violations: [
        blind("spec.acme.skipTLSVerify", "true", "acme"),
        blind("spec.skipTLSVerify", "true", "vault"),
        blind("spec.provider.senhasegura.ignoreSslCertificate", "true", "store"),
      ],
    },
    {
      name: "a scraper that shows its token, and what is sent with a login",
      resources: [
        monitor({ ...unseen, bearerTokenFile: "/var/run/secrets/kubernetes.io/serviceaccount/token" }),
        monitor({ ...unseen, basicAuth: { username: { name: "login", key: "name" } } }),
        object("monitoring.coreos.com/v1:Prometheus", "prometheus", {
          remoteWrite: [{ url: "https://metrics.example.com", ...unseen }],
        }),
      ],
      violations: [
        blind("spec.endpoints[0].tlsConfig.insecureSkipVerify", "true", "app"),
        blind("spec.endpoints[0].tlsConfig.insecureSkipVerify", "true", "app"),
        blind("spec.remoteWrite[0].tlsConfig.insecureSkipVerify", "true", "prometheus"),
      ],
    },
    {
      name: "where code comes from: repositories and clusters of Argo CD, sources of Flux",
      resources: [
        argo({ stringData: { url: "https://git.example.com/shop", insecure: "true" } }),
        argo({ data: { insecure: Buffer.from("true").toString("base64") } }),
        argo({ stringData: { config: JSON.stringify({ tlsClientConfig: { insecure: true } }) } }),
        object("source.toolkit.fluxcd.io/v1:OCIRepository", "app", { insecure: true }),
      ],
      violations: [
        blind("stringData.insecure", "true", "argo"),
        blind("data.insecure", "true", "argo"),
        blind("stringData.config.tlsClientConfig.insecure", "true", "argo"),
        blind("spec.insecure", "true", "app"),
      ],
    },
    {
      name: "texts of configuration, and a switch that is turned the other way",
      resources: [
        output("Host logs.example.com\ntls On\ntls.verify Off\n"),
        object("fluentbit.fluent.io/v1alpha2:ClusterOutput", "search", { es: { tls: { verify: false } } }),
        configMap({ "fluent-bit.conf": "[OUTPUT]\n    Name es\n    tls.verify Off\n" }),
        configMap({ "prometheus.yml": scraped("    authorization:\n      credentials_file: /token\n") }),
        object("kibana.k8s.elastic.co/v1:Kibana", "kibana", {
          config: { "elasticsearch.ssl.verificationMode": "none" },
        }),
        object("kafka.strimzi.io/v1:KafkaConnect", "connect", {
          config: { "producer.ssl.endpoint.identification.algorithm": "" },
        }),
      ],
      violations: [
        blind('spec.customPlugin.config["tls.verify"]', "Off", "logs"),
        blind("spec.es.tls.verify", "false", "search"),
        blind('data["fluent-bit.conf"]["tls.verify"]', "Off", "settings"),
        blind('data["prometheus.yml"].scrape_configs[0].tls_config.insecure_skip_verify', "true", "settings"),
        blind('spec.config["elasticsearch.ssl.verificationMode"]', "none", "kibana"),
        blind('spec.config["producer.ssl.endpoint.identification.algorithm"]', '""', "connect"),
      ],
    },
    {
      name: "the mesh, and a proxy's annotation",
      resources: [
        object("networking.istio.io/v1:DestinationRule", "out", {
          trafficPolicy: { tls: { mode: "SIMPLE", insecureSkipVerify: true } },
        }),
        object(
          "configuration.konghq.com/v1:KongIngress",
          "kong",
          {},
          {
            annotations: { "konghq.com/tls-verify": "false" },
          },
        ),
      ],
      violations: [
        blind("spec.trafficPolicy.tls.insecureSkipVerify", "true", "out"),
        blind('metadata.annotations["konghq.com/tls-verify"]', "false", "kong"),
      ],
    },
    {
      name: "a release's values",
      resources: [release({ values: { apiService: { insecureSkipTLSVerify: true } } })],
      violations: [blind("values.apiService.insecureSkipTLSVerify", "true", "sample")],
    },
  ],
  passes: [
    {
      name: "certificates",
      resources: [
        service({ group: "metrics.k8s.io", caBundle: "LS0t" }),
        webhook({ url: "https://hook.example.com" }),
        webhook({ service: { name: "hook", namespace: "shop" } }),
        issuer(false),
      ],
    },
    {
      name: "pods scraped by certificates of their own, without a login",
      resources: [
        monitor(unseen),
        configMap({ "prometheus.yml": scraped("") }),
        release({ values: { serviceMonitor: { enabled: true, ...unseen } } }),
      ],
    },
    {
      name: "plain text in the mesh, and words that only look like a switch",
      resources: [
        object("opentelemetry.io/v1beta1:OpenTelemetryCollector", "traces", {
          config: { exporters: { otlp: { endpoint: "tempo:4317", tls: { insecure: true } } } },
        }),
        output("tls On\ntls.verify On\n"),
        configMap({
          "readme.txt": "insecureSkipVerify is not to be true here: verify = no",
          verify: "false",
        }),
        object("kyverno.io/v1:ClusterPolicy", "images", {
          rules: [{ verifyImages: [{ verifyDigest: false, required: false }] }],
        }),
      ],
    },
    {
      name: "a Secret that is not Argo CD's, and a repository by certificate",
      resources: [
        {
          type: "kubernetes:core/v1:Secret",
          name: "app",
          properties: { stringData: { insecure: "true" } },
        },
        argo({ stringData: { url: "https://git.example.com/shop", insecure: "false" } }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its group is not known",
        resources: [service({ group: unknown, insecureSkipTLSVerify: true })],
        violations: [blind("spec.insecureSkipTLSVerify")],
      },
    ],
    passes: [
      {
        name: "not known",
        resources: [
          service({ insecureSkipTLSVerify: unknown }),
          webhook({ url: unknown }),
          issuer(unknown),
          monitor({ ...unseen, bearerTokenSecret: unknown }),
          output(unknown),
        ],
      },
    ],
  },
  faults: [
    faults.beside(faults.deployment, "kubernetes:apiregistration.k8s.io/v1:APIService", {
      spec: { insecureSkipTLSVerify: true },
    }),
    faults.set(/:ClusterIssuer$/, "spec.acme.skipTLSVerify", true),
    faults.set(faults.release, "values.apiService.insecureSkipTLSVerify", true),
  ],
};
