import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { namespace, release } from "../testing/samples";
import { unknown } from "../value";
import { podSecurityLabels } from "./pod-security-labels";

const label = "pod-security.kubernetes.io/enforce";
const unset = `shop: metadata.labels["${label}"] is not set: set one of restricted, baseline.`;

export const podSecurityLabelsCases: Cases = {
  policy: podSecurityLabels,
  catches: [
    { name: "no labels", resources: [namespace()], violations: [unset] },
    {
      name: "a label that only warns",
      resources: [namespace({ labels: { "pod-security.kubernetes.io/warn": "restricted" } })],
      violations: [unset],
    },
    {
      name: "everything allowed",
      resources: [namespace({ labels: { [label]: "privileged" } })],
      violations: [`shop: metadata.labels["${label}"] is "privileged": set one of restricted, baseline.`],
    },
    {
      name: "everything allowed, in a namespace that the stack does not list",
      configuration: {
        privilegedNamespaces: [{ names: ["monitoring"], reason: "The agent reads the node" }],
      },
      resources: [namespace({ labels: { [label]: "privileged" } })],
      violations: [`shop: metadata.labels["${label}"] is "privileged": set one of restricted, baseline.`],
    },
    {
      name: "less than the stack demands",
      configuration: { levels: ["restricted"] },
      resources: [namespace({ labels: { [label]: "baseline" } })],
      violations: [`shop: metadata.labels["${label}"] is "baseline": set one of restricted.`],
    },

    {
      name: "a namespace that Helm makes",
      resources: [release({ namespace: "fresh", createNamespace: true })],
      violations: [
        "sample: createNamespace makes a namespace without the label: declare the namespace, and leave createNamespace out.",
      ],
    },
    {
      name: "a patch that lets everything in",
      resources: [
        { ...namespace({ labels: { [label]: "privileged" } }), type: "kubernetes:core/v1:NamespacePatch" },
      ],
      violations: [`shop: metadata.labels["${label}"] is "privileged": set one of restricted, baseline.`],
    },
  ],
  passes: [
    { name: "restricted", resources: [namespace({ labels: { [label]: "restricted" } })] },
    { name: "baseline", resources: [namespace({ labels: { [label]: "baseline" } })] },
    {
      name: "everything allowed, in a namespace that the stack lists",
      configuration: { privilegedNamespaces: [{ names: ["shop"], reason: "The agent reads the node" }] },
      resources: [namespace({ labels: { [label]: "privileged" } })],
    },

    {
      name: "a release into a namespace that there is, and a patch of something else",
      resources: [
        release({ namespace: "shop", createNamespace: false }),
        { ...namespace({ labels: { team: "ai" } }), type: "kubernetes:core/v1:NamespacePatch" },
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the name is not known, and the stack lists none",
        resources: [namespace({ name: unknown, labels: { [label]: "privileged" } })],
        violations: [`shop: metadata.labels["${label}"] is "privileged": set one of restricted, baseline.`],
      },
      {
        name: "the name is not known, the label is not there",
        resources: [namespace({ name: unknown, labels: { team: unknown } })],
        violations: [unset],
      },
    ],
    passes: [
      { name: "the labels are not known", resources: [namespace({ labels: unknown })] },
      { name: "the level is not known", resources: [namespace({ labels: { [label]: unknown } })] },
    ],
  },
  faults: [
    faults.set(faults.release, "createNamespace", true),
    faults.set(/:Namespace$/, "metadata.labels", {}),
    faults.only(
      /atlas|production/,
      faults.set(/:Namespace$/, "metadata.labels", { "pod-security.kubernetes.io/enforce": "privileged" }),
    ),
  ],
};
