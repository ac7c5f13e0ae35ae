import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { object } from "../testing/samples";
import { unknown, type Values } from "../value";
import { extensionTrusted } from "./extension-trusted";

const service = (spec: Values) => object("apiregistration.k8s.io/v1:APIService", "metrics", spec);

const webhook = (clientConfig: Values) => ({
  type: "kubernetes:admissionregistration.k8s.io/v1:MutatingWebhookConfiguration",
  name: "hook",
  properties: { webhooks: [{ name: "hook.example.com", clientConfig }] },
});

const blind = "metrics: spec.insecureSkipTLSVerify is true: set caBundle instead.";

export const extensionTrustedCases: Cases = {
  policy: extensionTrusted,
  catches: [
    {
      name: "an extension that may be anybody",
      resources: [service({ group: "metrics.k8s.io", insecureSkipTLSVerify: true })],
      violations: [blind],
    },
    {
      name: "a webhook in clear",
      resources: [webhook({ url: "http://hook.example.com" })],
      violations: ["hook: webhooks[0].clientConfig.url is http://hook.example.com: use https."],
    },
  ],
  passes: [
    {
      name: "certificates",
      resources: [
        service({ group: "metrics.k8s.io", caBundle: "LS0t" }),
        webhook({ url: "https://hook.example.com" }),
        webhook({ service: { name: "hook", namespace: "shop" } }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its group is not known",
        resources: [service({ group: unknown, insecureSkipTLSVerify: true })],
        violations: [blind],
      },
    ],
    passes: [
      {
        name: "not known",
        resources: [service({ insecureSkipTLSVerify: unknown }), webhook({ url: unknown })],
      },
    ],
  },
  faults: [
    faults.beside(faults.deployment, "kubernetes:apiregistration.k8s.io/v1:APIService", {
      spec: { insecureSkipTLSVerify: true },
    }),
  ],
};
