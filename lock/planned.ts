import { z } from "zod";
import { hashOfValues } from "../model/charts/values-hash";
import { clusterOf } from "../model/clouds";
import { clusterName } from "../model/expand";
import type { Plan } from "../model/plan";
import { releaseType } from "../model/release";
import { parseRelease, type ReleaseInputs } from "../sandbox/providers/kubernetes/release/release-inputs";
import { minorOf, versions } from "../toolchain/versions";

/** A release of a plan, with all that decides what its chart makes. */
export interface PlannedRelease {
  readonly stack: string;
  readonly cluster: string;
  /** Its lock file, from the lock's folder. */
  readonly file: string;
  readonly inputs: ReleaseInputs;
  /** Digest of its values. */
  readonly values: ReturnType<typeof hashOfValues>;
  /** Version of Kubernetes that the cluster runs: `1.35`. */
  readonly kubernetes: string;
  /** APIs of custom resources that the plan uses on the cluster, as `group/version` and `group/version/Kind`. */
  readonly apiVersions: readonly string[];
}

const definitionsType = "kubernetes:yaml/v2:ConfigGroup";
const inputs = z.record(z.string(), z.json());

/** Every release of a plan, by file. */
export function plannedReleases(plan: Plan): readonly PlannedRelease[] {
  const all = plan.all(releaseType, inputs).map((resource) => {
    const cluster = clusterName(resource.provider ?? "");
    return { cluster, inputs: parseRelease(resource.inputs) };
  });
  return all
    .map((one) => ({
      stack: plan.stack,
      cluster: one.cluster,
      file: fileOf(plan.stack, one, all),
      inputs: one.inputs,
      values: hashOfValues(one.inputs.values),
      kubernetes: kubernetesOf(plan, one.cluster),
      apiVersions: apiVersionsOf(plan, one.cluster),
    }))
    .sort((left, right) => (left.file < right.file ? -1 : 1));
}

/** Addresses of manifests that a plan takes over the network. */
export function plannedManifests(plan: Plan): readonly string[] {
  const groups = plan.all(definitionsType, z.object({ files: z.array(z.string()).default([]) }));
  const addresses = groups.flatMap((group) => group.inputs.files).filter((file) => /^https?:\/\//.test(file));
  return [...new Set(addresses)].sort();
}

interface Placed {
  readonly cluster: string;
  readonly inputs: ReleaseInputs;
}

/** Releases of one name on one cluster are told apart by their namespaces. */
function fileOf(
  stack: string,
  { cluster, inputs: { name, namespace } }: Placed,
  all: readonly Placed[],
): string {
  const alike = all.filter((other) => other.cluster === cluster && other.inputs.name === name);
  return `${stack}/${cluster}/${alike.length > 1 ? `${name}.${namespace}` : name}.yaml`;
}

const clusterVersion = z.object({ version: z.string().optional(), k8sVersion: z.string().optional() });
const clusterTypes = ["aws:eks/cluster:Cluster", "linode:index/lkeCluster:LkeCluster"];

/** What the cloud's cluster is asked to run; a local cluster runs what the sandbox does. */
function kubernetesOf(plan: Plan, cluster: string): string {
  const [resource] = clusterTypes
    .flatMap((type) => plan.all(type, clusterVersion))
    .filter(({ name }) => clusterOf(plan, name) === cluster);
  return minorOf(resource?.inputs.version ?? resource?.inputs.k8sVersion ?? versions.kubernetes);
}

function apiVersionsOf(plan: Plan, cluster: string): readonly string[] {
  const types = plan.resources
    .filter(({ provider }) => provider !== undefined && clusterName(provider) === cluster)
    .flatMap(({ type }) => {
      const [, apiVersion = "", kind = ""] = /^kubernetes:([^:]+\.[^:]+\/v[^:]+):(.+)$/.exec(type) ?? [];
      return apiVersion === "" || apiVersion.startsWith("helm.sh/")
        ? []
        : [apiVersion, `${apiVersion}/${kind}`];
    });
  return [...new Set(types)].sort();
}
