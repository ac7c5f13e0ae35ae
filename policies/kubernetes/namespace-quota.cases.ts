import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { namespace, object } from "../testing/samples";
import { unknown, type Value, type Values } from "../value";
import { namespaceQuota } from "./namespace-quota";

function quota(hard: Value, metadata: Values = {}): Sample {
  return object("core/v1:ResourceQuota", "quota", { hard }, metadata);
}

const pods = { pods: "100" };
const unlimited = "shop: no ResourceQuota limits it: add one with limits in spec.hard.";

export const namespaceQuotaCases: Cases = {
  policy: namespaceQuota,
  catches: [
    { name: "no quota", resources: [namespace()], violations: [unlimited] },
    { name: "a quota of nothing", resources: [namespace(), quota({})], violations: [unlimited] },
    {
      name: "another namespace's",
      resources: [namespace(), quota(pods, { namespace: "other" })],
      violations: [unlimited],
    },

    {
      name: "quotas that limit nothing that takes nodes",
      resources: [
        namespace(),
        object("core/v1:ResourceQuota", "secrets", { hard: { "count/secrets": "100" } }),
        object("core/v1:ResourceQuota", "pods", { hard: { pods: "1e9" } }),
        object("core/v1:ResourceQuota", "cpu", { hard: { "requests.cpu": "1000000" } }),
        object("core/v1:ResourceQuota", "some", { hard: { pods: "10" }, scopes: ["BestEffort"] }),
      ],
      violations: ["shop: no ResourceQuota limits it: add one with limits in spec.hard."],
    },
  ],
  passes: [
    { name: "a quota", resources: [namespace(), quota(pods)] },
    {
      name: "a namespace that needs none",
      configuration: { unlimitedNamespaces: [{ names: ["shop"], reason: "Another stack has its quota" }] },
      resources: [namespace()],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the numbers are not known, the namespace is another",
        resources: [namespace(), quota(unknown, { namespace: "other" })],
        violations: [unlimited],
      },
    ],
    passes: [
      {
        name: "what is limited, or where, is not known",
        resources: [namespace(), quota(unknown), quota(pods, { namespace: unknown })],
      },
    ],
  },
  faults: [
    faults.set(/:ResourceQuota$/, "spec.hard", { "count/secrets": "100" }),
    faults.gone(/:ResourceQuota$/),
    faults.set(/:ResourceQuota$/, "metadata.namespace", "elsewhere"),
  ],
};
