import type { AwsArchitecture } from "./aws-instance-types";

/** The days on which AWS stops supporting a Kubernetes version, `YYYY-MM-DD`, UTC. */
export interface EksVersion {
  /** Afterwards the cluster costs six times as much, or is upgraded by force (upgrade policy STANDARD). */
  readonly standardSupportEnds: string;
  /** Afterwards AWS upgrades the cluster by force in any case. */
  readonly extendedSupportEnds: string;
}

/**
 * The Kubernetes versions that this program can set up on EKS: those with a pinned set of add-ons below.
 *
 * Where to check: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html#kubernetes-release-calendar
 */
export const eksVersions = {
  "1.33": { standardSupportEnds: "2026-07-29", extendedSupportEnds: "2027-07-29" },
  "1.34": { standardSupportEnds: "2026-12-02", extendedSupportEnds: "2027-12-02" },
  "1.35": { standardSupportEnds: "2027-03-27", extendedSupportEnds: "2028-03-27" },
} as const satisfies Record<string, EksVersion>;

export type EksVersionName = keyof typeof eksVersions;

export type EksAddonName =
  | "vpc-cni"
  | "kube-proxy"
  | "coredns"
  | "aws-ebs-csi-driver"
  | "aws-efs-csi-driver"
  | "eks-node-monitoring-agent"
  | "eks-pod-identity-agent"
  | "snapshot-controller";

/**
 * Add-on versions for each Kubernetes version (D4: pinned, never "latest").
 *
 * How sure: the versions were found in public repositories of June to September 2026, for their Kubernetes version, and
 * were not checked against AWS. The set of 1.35 comes from one cluster; of 1.34, only vpc-cni, coredns, kube-proxy and
 * aws-ebs-csi-driver were seen together; those of 1.33 one by one. aws-efs-csi-driver was seen on clusters of 1.35 and
 * 1.36, and its next release on one of 1.34: the driver's builds are made for all versions alike. AWS refuses, by the add-on's name, a build that it does
 * not offer: take the newest of `aws eks describe-addon-versions --kubernetes-version 1.35 --addon-name NAME`.
 */
export const eksAddons = {
  "1.33": {
    "vpc-cni": "v1.22.4-eksbuild.3",
    "kube-proxy": "v1.33.10-eksbuild.18",
    coredns: "v1.12.4-eksbuild.18",
    "aws-ebs-csi-driver": "v1.63.1-eksbuild.1",
    "aws-efs-csi-driver": "v3.3.0-eksbuild.1",
    "eks-node-monitoring-agent": "v1.4.0-eksbuild.2",
    "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
    "snapshot-controller": "v8.6.0-eksbuild.4",
  },
  "1.34": {
    "vpc-cni": "v1.23.0-eksbuild.1",
    "kube-proxy": "v1.34.6-eksbuild.18",
    coredns: "v1.13.2-eksbuild.11",
    "aws-ebs-csi-driver": "v1.63.1-eksbuild.1",
    "aws-efs-csi-driver": "v3.3.0-eksbuild.1",
    "eks-node-monitoring-agent": "v1.4.0-eksbuild.2",
    "eks-pod-identity-agent": "v1.4.0-eksbuild.1",
    "snapshot-controller": "v8.6.0-eksbuild.4",
  },
  "1.35": {
    "vpc-cni": "v1.23.0-eksbuild.1",
    "kube-proxy": "v1.35.3-eksbuild.18",
    coredns: "v1.14.3-eksbuild.3",
    "aws-ebs-csi-driver": "v1.63.1-eksbuild.1",
    "aws-efs-csi-driver": "v3.3.0-eksbuild.1",
    "eks-node-monitoring-agent": "v1.4.0-eksbuild.2",
    "eks-pod-identity-agent": "v1.4.0-eksbuild.1",
    "snapshot-controller": "v8.6.0-eksbuild.4",
  },
} as const satisfies Record<EksVersionName, Record<EksAddonName, string>>;

export interface EksAmiType {
  readonly architecture: AwsArchitecture;
  /** True when the image carries NVIDIA's driver and container toolkit: the GPU operator must then install neither. */
  readonly nvidiaDriver: boolean;
  /** The device of the root volume, which a launch template must name to encrypt it. */
  readonly rootDevice: "/dev/xvda";
  /** The device that holds images and pod data where it is not the root volume (Bottlerocket). */
  readonly dataDevice?: "/dev/xvdb";
}

/**
 * Images that managed node groups choose by themselves, so that no image has to be looked up. AL2 is gone since 1.33.
 *
 * Where to check: https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html, `amiType`.
 */
export const eksAmiTypes = {
  AL2023_x86_64_STANDARD: { architecture: "x86_64", nvidiaDriver: false, rootDevice: "/dev/xvda" },
  AL2023_x86_64_NVIDIA: { architecture: "x86_64", nvidiaDriver: true, rootDevice: "/dev/xvda" },
  AL2023_ARM_64_STANDARD: { architecture: "arm64", nvidiaDriver: false, rootDevice: "/dev/xvda" },
  AL2023_ARM_64_NVIDIA: { architecture: "arm64", nvidiaDriver: true, rootDevice: "/dev/xvda" },
  BOTTLEROCKET_x86_64: bottlerocket("x86_64", false),
  BOTTLEROCKET_x86_64_NVIDIA: bottlerocket("x86_64", true),
  BOTTLEROCKET_ARM_64: bottlerocket("arm64", false),
  BOTTLEROCKET_ARM_64_NVIDIA: bottlerocket("arm64", true),
} as const satisfies Record<string, EksAmiType>;

function bottlerocket(architecture: AwsArchitecture, nvidiaDriver: boolean): EksAmiType {
  return { architecture, nvidiaDriver, rootDevice: "/dev/xvda", dataDevice: "/dev/xvdb" };
}

export type EksAmiTypeName = keyof typeof eksAmiTypes;
