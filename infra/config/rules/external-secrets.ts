import { type Bundle, bundleFile, isExternal } from "../../secrets/bundle";
import { cloudTraits } from "../clouds";
import type { Fault, KeyPath } from "../fault";
import { clusterOf, type Draft, type DraftCluster, type Surroundings } from "./rule";

/** Pods have an identity with AWS Secrets Manager on EKS only; Linode has no product of that kind. (002, C6) */
export function externalSecrets(draft: Draft, { bundles }: Surroundings): readonly Fault[] {
  return bundles.filter(isExternal).flatMap((bundle) =>
    placesOf(bundle, draft)
      .filter(({ cluster: { cloud } }) => cloud !== undefined && !cloudTraits[cloud].hasSecretStore)
      .map(({ path, cluster }) => ({
        path,
        found: `${cluster.name}, of the cloud ${cluster.cloud}`,
        problem: `${bundleFile(bundle)} has external keys, which only pods on EKS can read`,
        allowed: "a cluster of the cloud aws, or keys of another source in the bundle",
        example: "{ source: stack }",
      })),
  );
}

interface Place {
  readonly path: KeyPath;
  readonly cluster: DraftCluster;
}

function placesOf({ system }: Bundle, draft: Draft): readonly Place[] {
  if (system === "platform") {
    return draft.clusters.map((cluster) => ({ path: ["clusters", cluster.name], cluster }));
  }
  const cluster = clusterOf(draft, draft.systems?.[system]?.cluster ?? "");
  return cluster === undefined ? [] : [{ path: ["systems", system, "cluster"], cluster }];
}
