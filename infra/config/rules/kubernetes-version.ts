import { lkeVersion, supportedLkeVersions } from "../../facts/linode-versions";
import { eksVersionProblem } from "../aws-rules";
import type { Fault } from "../fault";
import { isOwned } from "../linode-cluster";
import type { Draft, Surroundings } from "./rule";

/** Kubernetes versions are supported on the day of the deployment (D4). */
export function kubernetesVersion(draft: Draft, { today }: Surroundings): readonly Fault[] {
  return [...eksVersion(draft, today), ...lkeVersionInSupport(draft, today)];
}

function eksVersion({ aws }: Draft, today: Date): readonly Fault[] {
  const problem = aws && eksVersionProblem(aws.cluster.version, today);
  if (aws === undefined || problem === undefined) return [];
  return [{ path: ["aws", "cluster", "version"], found: JSON.stringify(aws.cluster.version), problem }];
}

function lkeVersionInSupport({ linode }: Draft, today: Date): readonly Fault[] {
  if (linode === undefined || !isOwned(linode.cluster)) return [];
  const { version } = linode.cluster;
  const supported = supportedLkeVersions(today);
  if (supported.includes(version)) return [];
  const known = lkeVersion(version);
  return [
    {
      path: ["linode", "cluster", "version"],
      found: JSON.stringify(version),
      problem:
        known === undefined
          ? `infra/facts/linode-versions.ts does not know Kubernetes ${version} on LKE`
          : `support of Kubernetes ${version} on LKE ended on ${known.supportEnds}`,
      allowed:
        supported.map((minor) => JSON.stringify(minor)).join(" | ") || "none: add newer ones to the table",
    },
  ];
}
