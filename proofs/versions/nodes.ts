import { z } from "zod";
import { clustersOf } from "../../estimate/pools";
import { eksVersions } from "../../facts/aws-eks";
import { lkeVersion } from "../../facts/linode-versions";
import { textAt } from "../../model/facts/read";
import type { Plan } from "../../model/plan";
import { chartName, release, releaseType } from "../../model/release";
import type { Fault } from "../proof";
import { type Check, each, nothing, sum } from "../verdict";
import { minorOf, skewOf } from "./minor";

const source = "Kubernetes, version skew policy";
const cluster = z.object({ name: z.string(), version: z.string() });
const group = z.object({ clusterName: z.string(), version: z.string().optional() });

/** Kubelets are not ahead of their control plane nor far behind it, and neither are the pods that act for nodes. */
export const nodesFit: Check = ({ plan }) => {
  if (plan === undefined) return nothing;
  const clusters = plan.all("aws:eks/cluster:Cluster", cluster);
  const versionOf = new Map(clusters.map(({ inputs }) => [inputs.name, inputs.version]));
  return sum([
    each(clusters, ({ name, inputs: { version } }) =>
      unknown(name, version, Object.hasOwn(eksVersions, version)),
    ),
    each(
      plan.all("linode:index/lkeCluster:LkeCluster", z.object({ k8sVersion: z.string() })),
      ({ name, inputs }) =>
        unknown(
          name,
          inputs.k8sVersion,
          lkeVersion(inputs.k8sVersion.split(".").slice(0, 2).join(".")) !== undefined,
        ),
    ),
    each(plan.all("aws:eks/nodeGroup:NodeGroup", group), ({ name, inputs: { clusterName, version } }) => {
      const [own, control] = [version, versionOf.get(clusterName)].map((one) => one && minorOf(one));
      // A group without a version follows its cluster.
      const wrong = typeof own === "number" && typeof control === "number" ? skewOf(own, control) : undefined;
      return wrong === undefined
        ? undefined
        : {
            object: name,
            rule: `the kubelet of its nodes, ${version}, ${wrong}`,
            source,
            fix: "leave the version of node groups to their cluster",
          };
    }),
    autoscalersFit(plan),
  ]);
};

function unknown(object: string, version: string, isKnown: boolean): Fault | undefined {
  return isKnown
    ? undefined
    : {
        object,
        rule: `Kubernetes ${version} is none of the versions that the cloud is known to offer`,
        source: "EKS and LKE, Kubernetes versions: facts/aws-eks.ts, facts/linode-versions.ts",
        fix: "take one of these tables, or look up what is new and add it",
      };
}

/** The autoscaler simulates the scheduler of its own minor version. */
function autoscalersFit(plan: Plan) {
  const versionOf = new Map(clustersOf(plan).map(({ provider, version }) => [provider, version]));
  return each(
    plan.all(releaseType, release).filter(({ inputs }) => chartName(inputs) === "cluster-autoscaler"),
    ({ name, provider = "", inputs }) => {
      const tag = textAt(inputs.values, "image", "tag");
      const [own, control] = [tag, versionOf.get(provider)].map((one) => one && minorOf(one));
      return own === control || own === undefined || control === undefined
        ? undefined
        : {
            object: name,
            rule: `the autoscaler ${tag} is for another Kubernetes than its cluster's, 1.${control}`,
            source: "kubernetes/autoscaler, cluster-autoscaler: releases, the minor version of the cluster",
            fix: "take the image of the cluster's minor version",
          };
    },
  );
}
