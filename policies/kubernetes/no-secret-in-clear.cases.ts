import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import {
  configMap,
  manifests,
  variable,
  withEnvironment,
  withoutPasswords,
  wordByWord,
} from "../testing/no-secret-in-clear-samples";
import { container, object, pod } from "../testing/samples";
import { unknown } from "../value";
import { noSecretInClear } from "./no-secret-in-clear";

export const noSecretInClearCases: Cases = {
  policy: noSecretInClear,
  catches: [
    {
      name: "a password in the environment",
      resources: [withEnvironment({ name: "DB_PASSWORD", value: "hunter2" })],
      violations: [variable("DB_PASSWORD", "a secret by its name")],
    },
    {
      name: "a command with a password, word by word, in a probe and in the container itself",
      resources: [wordByWord],
      violations: [
        'app: container "app": spec.containers[0].livenessProbe.exec.command holds a password: use a Secret.',
        'app: container "app": spec.containers[0].args holds a password: use a Secret.',
      ],
    },
    {
      name: "an address with a password",
      resources: [withEnvironment({ name: "MONGODB_URI", value: "mongodb://app:hunter2@mongodb/app" })],
      violations: [variable("MONGODB_URI", "an address with a password in it")],
    },
    {
      name: "the environment of a custom resource's pods",
      resources: [
        {
          type: "kubernetes:postgresql.cnpg.io/v1:Cluster",
          properties: { spec: { env: [{ name: "AWS_SECRET_ACCESS_KEY", value: "hunter2" }] } },
        },
      ],
      violations: [
        'sample: container "postgres": spec.env[0] AWS_SECRET_ACCESS_KEY is a secret by its name: use valueFrom.secretKeyRef.',
      ],
    },
    {
      name: "an argument",
      resources: [pod({ containers: [container({ args: ["--db=postgres://app:hunter2@db/app"] })] })],
      violations: [
        'app: container "app": spec.containers[0].args[0] holds an address with a password in it: use a Secret.',
      ],
    },
    {
      name: "a ConfigMap",
      resources: [
        configMap({
          "tls.key": "-----BEGIN PRIVATE KEY-----\nMHc",
          "api-key": "1a2b3c",
          "app.yaml": "port: 80",
        }),
      ],
      violations: [
        'sample: data["tls.key"] is or holds a private key: use a Secret.',
        'sample: data["api-key"] is or holds a secret by its name: use a Secret.',
      ],
    },
    {
      name: "an option and its value, a configuration, a binary one and an annotation",
      resources: [
        pod({ containers: [container({ args: ["--user", "app", "--password", "hunter2"] })] }),
        {
          type: "kubernetes:core/v1:ConfigMap",
          name: "text",
          properties: {
            data: { "app.yaml": "auth:\n  password: hunter2\n" },
            binaryData: { key: Buffer.from("-----BEGIN RSA PRIVATE KEY-----").toString("base64") },
          },
        },
        object("core/v1:Service", "noted", {}, { annotations: { "x/api-token": `ghp_${"a".repeat(36)}` } }),
      ],
      violations: [
        'app: container "app": spec.containers[0].args[3] holds a secret by its name: use a Secret.',
        'text: data["app.yaml"] is or holds password, a secret by its name: use a Secret.',
        'text: binaryData["key"] is or holds a private key: use a Secret.',
        'noted: metadata.annotations["x/api-token"] is or holds a token of GitHub: use a Secret.',
      ],
    },
    {
      name: "a custom resource's own settings",
      resources: [
        object("grafana.integreatly.org/v1beta1:Grafana", "grafana", {
          config: { security: { admin_password: "hunter2" } },
        }),
      ],
      violations: [
        "grafana: spec.config.security.admin_password is or holds a secret by its name: name a Secret.",
      ],
    },
    {
      name: "a list of names and values in a custom resource",
      resources: [
        {
          type: "kubernetes:argoproj.io/v1alpha1:Application",
          name: "db",
          properties: {
            spec: { source: { helm: { parameters: [{ name: "auth.password", value: "hunter2" }] } } },
          },
        },
      ],
      violations: [
        "db: spec.source.helm.parameters[0].value is or holds a secret by its name: name a Secret.",
      ],
    },
    {
      name: "in what the kubelet asks and runs, and in binary data",
      resources: [
        pod({
          containers: [
            container({
              livenessProbe: {
                httpGet: {
                  path: "/",
                  httpHeaders: [{ name: "Authorization", value: "Bearer hunter2hunter2" }],
                },
              },
              lifecycle: { preStop: { exec: { command: ["sh", "-c", "PGPASSWORD=hunter2 pg_dump"] } } },
            }),
          ],
        }),
        {
          type: "kubernetes:core/v1:ConfigMap",
          name: "settings",
          properties: { binaryData: { ".env": Buffer.from("A=1\nAPI_TOKEN=hunter2\n").toString("base64") } },
        },
      ],
      violations: [
        'app: container "app": spec.containers[0].livenessProbe.httpGet.httpHeaders[0] Authorization is a password: ask what needs no login.',
        'app: container "app": spec.containers[0].lifecycle.preStop.exec.command[2] holds PGPASSWORD, a secret by its name: use a Secret.',
        'settings: binaryData[".env"] is or holds API_TOKEN, a secret by its name: use a Secret.',
      ],
    },
    {
      name: "a manifest of a Secret in a ConfigMap, as it is and as a template",
      resources: [
        configMap({
          "bootstrap.yaml": manifests,
          "template.yaml":
            "{{- if .Values.db }}\nkind: Secret\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  connection: YTFiMmMzZDQ=\n{{- end }}\n",
        }),
      ],
      violations: [
        'sample: data["bootstrap.yaml"] is or holds a Secret whose "connection" is in clear: use a Secret.',
        'sample: data["template.yaml"] is or holds a Secret whose "connection" is in clear: use a Secret.',
      ],
    },
    {
      name: "manifests of Secrets in a custom resource, as an object and as a text",
      resources: [
        object("addons.cluster.x-k8s.io/v1beta1:ClusterResourceSet", "set", {
          template: { apiVersion: "v1", kind: "Secret", stringData: { connection: "a1b2c3d4" } },
          manifests,
        }),
      ],
      violations: [
        'set: spec.template is or holds a Secret whose "connection" is in clear: name a Secret.',
        'set: spec.manifests is or holds a Secret whose "connection" is in clear: name a Secret.',
      ],
    },
    {
      name: "Secrets among the manifests of a group",
      resources: [
        { type: "kubernetes:yaml/v2:ConfigGroup", name: "group", properties: { yaml: manifests } },
        {
          type: "kubernetes:yaml/v2:ConfigGroup",
          name: "objects",
          properties: {
            objs: [
              {
                apiVersion: "v1",
                kind: "Secret",
                metadata: { name: "db" },
                data: { connection: "YTFiMmMzZDQ=" },
              },
            ],
          },
        },
      ],
      violations: [
        `group: Secret db: "connection" is in clear in a manifest, and so in the stack's state: make a Secret of it by itself.`,
        `objects: Secret db: "connection" is in clear in a manifest, and so in the stack's state: make a Secret of it by itself.`,
      ],
    },
  ],
  passes: [
    {
      name: "references to Secrets",
      resources: [
        withEnvironment(
          { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } },
          { name: "DB_URL", value: "postgres://app:$(DB_PASSWORD)@db/app" },
          { name: "HF_TOKEN_PATH", value: "/etc/hugging-face/token" },
        ),
      ],
    },
    {
      name: "a port, and a password from a variable",
      resources: [withoutPasswords],
    },
    { name: "plain settings", resources: [configMap({ LOG_LEVEL: "info" }), withEnvironment()] },
    {
      name: "manifests of Secrets whose values are elsewhere, are no secrets, or are the provider's to encrypt",
      resources: [
        configMap({
          "placeholders.yaml":
            "kind: Secret\nstringData:\n  connection: $(CONNECTION)\n  other: <fill in>\n  empty: ''\n",
          "open.yaml":
            "kind: Secret\nstringData:\n  username: app\n  url: https://git.acme.io/app\n  ca.crt: MHc0\n  type: git\n",
          "reference.yaml":
            "kind: HelmRelease\nspec:\n  valuesFrom:\n    - kind: Secret\n      name: values-of-app\n",
          "sealed.yaml": "kind: SealedSecret\nspec:\n  encryptedData:\n    connection: AgBy3i4OJSWK\n",
          "sops.yaml": "kind: Secret\nstringData:\n  connection: ENC[AES256_GCM,data:x,type:str]\n",
          "template.yaml": "kind: Secret\nstringData:\n  connection: {{ .Values.connection }}\n",
          "words.md": "A manifest of the kind: Secret, written in words: [",
        }),
        {
          type: "kubernetes:core/v1:Secret",
          name: "own",
          properties: { metadata: { name: "db" }, stringData: { connection: "a1b2c3d4" } },
        },
        {
          type: "kubernetes:yaml/v2:ConfigGroup",
          name: "group",
          properties: {
            yaml: "apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData: { username: app }\n",
          },
        },
      ],
    },

    {
      name: "what is only called so, and references of custom resources",
      resources: [
        pod({
          containers: [container({ args: ["--token-file", "/etc/token", "--password", "$(PASSWORD)"] })],
        }),
        object("grafana.integreatly.org/v1beta1:Grafana", "grafana", {
          config: { security: { passwordSecret: "grafana-admin", secretKeyRef: { key: "password" } } },
        }),
        object(
          "core/v1:Service",
          "noted",
          {},
          { annotations: { "checksum/token": "1a2b3c", "auth-secret": "app" } },
        ),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its name is not known, what it holds is",
        resources: [
          withEnvironment({ name: unknown, value: "redis://:hunter2@redis" }),
          withEnvironment(unknown, { name: "PASSWORD", value: "hunter2" }),
        ],
        violations: [
          variable("", "an address with a password in it"),
          variable("PASSWORD", "a secret by its name").replace("env[0]", "env[1]"),
        ],
      },
    ],
    passes: [
      {
        name: "not known",
        resources: [withEnvironment({ name: "PASSWORD", value: unknown }), configMap(unknown)],
      },
    ],
  },
  faults: [
    ...faults.containers("args", faults.appended("--token=1a2b3c4d")),
    faults.set(/:ConfigMap$/, "data.config", "auth:\n  password: hunter2\n"),
    faults.set(/:Deployment$/, "metadata.annotations.note", `ghp_${"a".repeat(36)}`),
    ...faults.containers("env", faults.appended({ name: "DB_PASSWORD", value: "hunter2" })),
    ...faults.containers("args", ["--url=amqp://app:hunter2@rabbitmq"]),
    faults.set(/:ConfigMap$/, "data.password", "hunter2"),
    faults.set(/:ConfigMap$/, "data.manifests", manifests),
    faults.set(/:ConfigMap$/, "data.netrc", "machine git.acme.io login ci password hunter2"),
    faults.set(/cnpg\.io\/v1:Cluster$/, "spec.env", [{ name: "PGPASSWORD", value: "hunter2" }]),
    faults.set(/:KafkaNodePool$/, "spec.template.kafkaContainer.env", [{ name: "API_KEY", value: "1a2b3c" }]),
  ],
};
