import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { eksControlPlane } from "./eks-control-plane";

function cluster(overrides: Values): Sample {
  return {
    type: "aws:eks/cluster:Cluster",
    properties: {
      version: "1.35",
      enabledClusterLogTypes: ["api", "audit", "authenticator"],
      encryptionConfig: { resources: ["secrets"], provider: { keyArn: "arn:aws:kms:::key/1" } },
      vpcConfig: { endpointPrivateAccess: true },
      ...overrides,
    },
  };
}

const unlogged = "sample: enabledClusterLogTypes lacks audit: add what is missing.";
const clear =
  "sample: encryptionConfig does not encrypt secrets by a key: set resources [secrets] and provider.keyArn.";

export const eksControlPlaneCases: Cases = {
  policy: eksControlPlane,
  catches: [
    {
      name: "no audit log",
      resources: [cluster({ enabledClusterLogTypes: ["api", "authenticator"] })],
      violations: [unlogged],
    },
    {
      name: "all of AWS's defaults",
      configuration: { logs: ["audit"] },
      resources: [
        cluster({ version: null, enabledClusterLogTypes: null, encryptionConfig: null, vpcConfig: null }),
      ],
      violations: [
        "sample: version is not set: pin it.",
        unlogged,
        clear,
        "sample: vpcConfig.endpointPrivateAccess is not true, so nodes reach the API over the internet: set it.",
      ],
    },
    {
      name: "nodes and add-ons of whatever version",
      resources: [
        { type: "aws:eks/nodeGroup:NodeGroup", properties: {} },
        { type: "aws:eks/addon:Addon", properties: { addonName: "coredns" } },
      ],
      violations: ["sample: version is not set: pin it.", "sample: addonVersion is not set: pin it."],
    },
  ],
  passes: [
    { name: "all of it", resources: [cluster({})] },
    {
      name: "pinned nodes and add-ons",
      resources: [
        { type: "aws:eks/nodeGroup:NodeGroup", properties: { version: "1.35" } },
        { type: "aws:eks/addon:Addon", properties: { addonVersion: "v1.4.0-eksbuild.1" } },
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the key is not known, what it encrypts is not secrets",
        resources: [cluster({ encryptionConfig: { resources: [], provider: { keyArn: unknown } } })],
        violations: [clear],
      },
    ],
    passes: [
      {
        name: "the key and the logs are not known",
        resources: [
          cluster({
            enabledClusterLogTypes: [unknown],
            encryptionConfig: { resources: ["secrets"], provider: { keyArn: unknown } },
          }),
        ],
      },
    ],
  },
  faults: [
    faults.set(faults.eks, "enabledClusterLogTypes", ["api"]),
    faults.without(faults.eks, "encryptionConfig"),
    faults.set(faults.eks, "vpcConfig.endpointPrivateAccess", false),
    faults.without(/eks\/(cluster:Cluster|nodeGroup:NodeGroup)$/, "version"),
    faults.without(/:Addon$/, "addonVersion"),
  ],
};
