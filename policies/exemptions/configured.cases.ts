import { namespaceQuota } from "../kubernetes/namespace-quota";
import type { Cases } from "../testing/cases";
import { namespace } from "../testing/samples";
import { unknown } from "../value";
import { exemptionConfigured } from "./configured";

const reason = "Another stack has their quota";
const quotas = [
  namespaceQuota,
  {
    unlimitedNamespaces: [
      { names: ["shop", "till"], reason },
      { names: ["lab"], reason: "It moves out" },
    ],
  },
] as const;
const shown = `: exempt from kubernetes-namespace-quota by its unlimitedNamespaces:\n- shop, till: ${reason}\n- lab: It moves out`;

export const exemptionConfiguredCases: Cases = {
  policy: exemptionConfigured,
  catches: [
    {
      name: "an exception is shown with its reason",
      resources: [namespace()],
      after: [quotas],
      violations: [shown],
    },
  ],
  passes: [
    {
      name: "no exceptions",
      resources: [namespace()],
      after: [[namespaceQuota, { unlimitedNamespaces: [] }]],
    },
    { name: "exceptions of a policy that does not run", resources: [namespace()] },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the namespace's labels are not known",
        resources: [namespace({ labels: unknown })],
        after: [quotas],
        violations: [shown],
      },
    ],
    passes: [{ name: "no exceptions for it", resources: [namespace({ name: unknown })] }],
  },
};
