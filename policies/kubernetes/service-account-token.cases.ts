import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, everyWorkload, pod } from "../testing/samples";
import { unknown } from "../value";
import { serviceAccountToken } from "./service-account-token";

function notSet(path: string): string {
  return `${path}.automountServiceAccountToken is not set, which mounts a token: set false, or true where the pod calls the API server.`;
}

const containers = [container()];
const ofDefault =
  'app: the pod gets a token of the account "default": set spec.serviceAccountName to an account of its own.';

export const serviceAccountTokenCases: Cases = {
  policy: serviceAccountToken,
  catches: [
    { name: "nothing said", resources: [pod({ containers })], violations: [`app: ${notSet("spec")}`] },
    {
      name: "a token of the account that every pod has",
      resources: [
        pod({ automountServiceAccountToken: true, containers }),
        pod({ automountServiceAccountToken: true, serviceAccountName: "default", containers }),
      ],
      violations: [ofDefault, ofDefault],
    },
    {
      name: "every kind of workload",
      resources: everyWorkload({ containers }),
      violations: everyWorkload({}).map(({ name }) => {
        const path = name === "CronJob" ? "spec.jobTemplate.spec.template.spec" : "spec.template.spec";
        return `${name}: ${notSet(path)}`;
      }),
    },

    {
      name: "a token that never ends",
      resources: [
        {
          type: "kubernetes:core/v1:Secret",
          name: "token",
          properties: { metadata: { name: "token" }, type: "kubernetes.io/service-account-token" },
        },
      ],
      violations: [
        "token: type is kubernetes.io/service-account-token, a token that never ends: let pods mount one, or ask for one by TokenRequest.",
      ],
    },

    {
      name: "a token of the default account in a volume",
      resources: [
        pod({
          containers: [container()],
          automountServiceAccountToken: false,
          volumes: [{ name: "token", projected: { sources: [{ serviceAccountToken: { path: "token" } }] } }],
        }),
      ],
      violations: [
        'app: spec.volumes[0] holds a token of the account "default": set spec.serviceAccountName to an account of its own.',
      ],
    },
  ],
  passes: [
    { name: "no token", resources: [pod({ automountServiceAccountToken: false, containers })] },
    {
      name: "a token that was asked for, of an account of its own",
      resources: [pod({ automountServiceAccountToken: true, serviceAccountName: "operator", containers })],
    },
    {
      name: "a custom resource whose operator decides",
      resources: [
        {
          type: "kubernetes:kibana.k8s.elastic.co/v1:Kibana",
          properties: { spec: { podTemplate: { spec: { containers } } } },
        },
      ],
    },

    {
      name: "a token for another audience",
      resources: [
        pod({
          containers: [container()],
          automountServiceAccountToken: false,
          volumes: [
            {
              name: "token",
              projected: { sources: [{ serviceAccountToken: { path: "token", audience: "vault" } }] },
            },
          ],
        }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the account is not known, nothing is said about its token",
        resources: [pod({ serviceAccountName: unknown, containers: unknown })],
        violations: [`app: ${notSet("spec")}`],
      },
    ],
    passes: [
      {
        name: "the account is not known",
        resources: [pod({ automountServiceAccountToken: true, serviceAccountName: unknown, containers })],
      },
    ],
  },
  faults: [
    ...faults.pod("automountServiceAccountToken", null),
    faults.set(/core\/v1:Secret$/, "type", "kubernetes.io/service-account-token"),
  ],
};
