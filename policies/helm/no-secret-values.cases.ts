import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { release } from "../testing/samples";
import { unknown } from "../value";
import { helmNoSecretValues } from "./no-secret-values";

const password = "sample: values.auth.adminPassword is or holds a secret by its name: name a Secret instead.";

export const helmNoSecretValuesCases: Cases = {
  policy: helmNoSecretValues,
  catches: [
    {
      name: "a password",
      resources: [release({ values: { auth: { adminPassword: "hunter2" } } })],
      violations: [password],
    },
    {
      name: "a variable, and an address with a password",
      resources: [
        release({
          values: {
            env: [{ name: "API_KEY", value: "1a2b3c" }],
            urls: ["postgres://app:hunter2@db/app"],
          },
        }),
      ],
      violations: [
        "sample: values.env[0].value is or holds a secret by its name: name a Secret instead.",
        "sample: values.urls[0] is or holds an address with a password in it: name a Secret instead.",
      ],
    },

    {
      name: "a number, and a configuration in a text",
      resources: [
        release({ values: { auth: { password: 48151623 }, config: "auth:\n  password: hunter2\n" } }),
      ],
      violations: [
        "sample: values.auth.password is or holds a secret by its name: name a Secret instead.",
        "sample: values.config is or holds password, a secret by its name: name a Secret instead.",
      ],
    },
    {
      name: "manifests of Secrets, as objects and as a text",
      resources: [
        release({
          values: {
            extraObjects: [{ kind: "Secret", stringData: { connection: "a1b2c3d4" } }],
            extraManifests:
              "kind: ConfigMap\ndata: {}\n---\nkind: Secret\ndata:\n  connection: YTFiMmMzZDQ=\n",
          },
        }),
      ],
      violations: [
        'sample: values.extraObjects[0] is or holds a Secret whose "connection" is in clear: name a Secret instead.',
        'sample: values.extraManifests is or holds a Secret whose "connection" is in clear: name a Secret instead.',
      ],
    },
  ],
  passes: [
    {
      name: "manifests whose Secrets are filled in elsewhere",
      resources: [
        release({
          values: {
            extraObjects: [
              { kind: "Secret", stringData: { username: "app", "ca.crt": "MHc", password: "$(PASSWORD)" } },
              { kind: "SealedSecret", spec: { encryptedData: { connection: "AgAx9kQ2" } } },
            ],
            extraManifests: "kind: Secret\nstringData:\n  value: $(VALUE)\n  other: ''\n",
          },
        }),
      ],
    },
    {
      name: "names of Secrets",
      resources: [
        release({
          values: {
            auth: { existingSecret: "grafana-admin", existingSecretPasswordKey: "password" },
            env: [{ name: "LOG_LEVEL", value: "info" }],
          },
        }),
      ],
    },
    {
      name: "what the chart takes in no other way",
      configuration: {
        unavoidable: [{ names: ["app values.auth.adminPassword"], reason: "The chart takes no Secret" }],
      },
      resources: [release({ values: { auth: { adminPassword: "hunter2" } } })],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "another value is not known",
        resources: [release({ values: { other: unknown, auth: { adminPassword: "hunter2" } } })],
        violations: [password],
      },
    ],
    passes: [
      {
        name: "not known",
        resources: [release({ values: unknown }), release({ values: { password: unknown } })],
      },
    ],
  },
  faults: [
    faults.set(faults.release, "values.auth", { password: 48151623 }),
    faults.set(faults.release, "values.adminPassword", "hunter2"),
    faults.set(
      faults.release,
      "values.extraManifests",
      "kind: Secret\nstringData:\n  connection: a1b2c3d4\n",
    ),
    faults.set(faults.release, "values.extraEnv", [{ name: "API_KEY", value: "1a2b3c" }]),
  ],
};
