import type { Cases, Sample } from "../testing/cases";
import { container, pod } from "../testing/samples";
import { unknown, type Value } from "../value";
import { noSecretInClear } from "./no-secret-in-clear";

function withEnvironment(...env: readonly Value[]): Sample {
  return pod({ containers: [container({ env })] });
}

function configMap(data: Value): Sample {
  return { type: "kubernetes:core/v1:ConfigMap", properties: { metadata: { name: "settings" }, data } };
}

function variable(name: string, what: string): string {
  return `app: container "app": spec.containers[0].env[0] ${name} is ${what}: use valueFrom.secretKeyRef.`;
}

export const noSecretInClearCases: Cases = {
  policy: noSecretInClear,
  catches: [
    {
      name: "a password in the environment",
      resources: [withEnvironment({ name: "DB_PASSWORD", value: "hunter2" })],
      violations: [variable("DB_PASSWORD", "a secret by its name")],
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
    { name: "plain settings", resources: [configMap({ LOG_LEVEL: "info" }), withEnvironment()] },
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
};
