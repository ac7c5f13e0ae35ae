import type { ResourcePolicy } from "../policy";
import { at, items, unknown } from "../value";

interface Configuration {
  readonly logs: readonly string[];
}

const cluster = "aws:eks/cluster:Cluster";

/** Resources in or beside the control plane, and the property that pins the version of each. */
const versions: Readonly<Record<string, string>> = {
  [cluster]: "version",
  "aws:eks/nodeGroup:NodeGroup": "version",
  "aws:eks/addon:Addon": "addonVersion",
};

export const eksControlPlane: ResourcePolicy<Configuration> = {
  id: "aws-eks-control-plane",
  scope: "resource",
  what: "EKS clusters log what is asked of them, encrypt Secrets by a key of your own, are reached privately, and pin their versions.",
  why: "Without the audit log it cannot be found out what a stolen token did, and an unpinned version moves a cluster on when AWS likes.",
  severity: "high",
  standards: ["CIS EKS 2.1.1, 5.3.1, 5.4.2", "PCI-DSS 4: 10.2.1, 3.5.1", "K6"],
  remediation:
    "Set enabledClusterLogTypes, encryptionConfig with resources [secrets] and provider.keyArn, vpcConfig.endpointPrivateAccess and version; version on node groups and addonVersion on add-ons.",
  configuration: {
    logs: {
      type: "array",
      items: { type: "string", enum: ["api", "audit", "authenticator", "controllerManager", "scheduler"] },
      default: ["api", "audit", "authenticator"],
      description: "Logs of the control plane that must be on.",
    },
  },
  appliesTo: (type) => Object.hasOwn(versions, type),
  *validate({ type, properties }, { logs }) {
    const version = versions[type] ?? "version";
    if (at(properties, version) === undefined) yield `${version} is not set: pin it.`;
    if (type !== cluster) return;
    const enabled = at(properties, "enabledClusterLogTypes");
    const missing = logs.filter((log) => !items(enabled).some((one) => one === log || one === unknown));
    if (enabled !== unknown && missing.length > 0) {
      yield `enabledClusterLogTypes lacks ${missing.join(", ")}: add what is missing.`;
    }
    const encryption = at(properties, "encryptionConfig");
    const encrypted = at(encryption, "resources");
    if (encryption !== unknown && encrypted !== unknown) {
      const hasSecrets = items(encrypted).some((one) => one === "secrets" || one === unknown);
      if (!hasSecrets || at(encryption, "provider", "keyArn") === undefined) {
        yield "encryptionConfig does not encrypt secrets by a key: set resources [secrets] and provider.keyArn.";
      }
    }
    const isPrivate = at(properties, "vpcConfig", "endpointPrivateAccess");
    if (isPrivate !== true && isPrivate !== unknown) {
      yield "vpcConfig.endpointPrivateAccess is not true, so nodes reach the API over the internet: set it.";
    }
  },
};
