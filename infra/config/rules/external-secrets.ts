import { type Bundle, bundleFile, isExternal } from "../../secrets/bundle";
import type { Fault, KeyPath } from "../fault";
import type { Draft, Surroundings } from "./rule";

/** Pods have an identity with AWS Secrets Manager on EKS only; Linode has no product of that kind. (002, C6) */
export function externalSecrets(draft: Draft, { bundles }: Surroundings): readonly Fault[] {
  return bundles.filter(isExternal).flatMap((bundle) =>
    placesOf(bundle, draft)
      .filter(({ cluster }) => cluster !== "aws")
      .map(({ path, cluster }) => ({
        path,
        found: cluster,
        problem: `${bundleFile(bundle)} has external keys, which only pods on EKS can read`,
        allowed: "aws, or keys of another source in the bundle",
        example: "{ source: stack }",
      })),
  );
}

interface Place {
  readonly path: KeyPath;
  readonly cluster: "aws" | "linode" | "local";
}

function placesOf({ system }: Bundle, { declares, systems = {} }: Draft): readonly Place[] {
  if (system === "platform") {
    const clusters = ["aws", "linode", "local"] as const;
    return clusters.filter((cluster) => declares(cluster)).map((cluster) => ({ path: [cluster], cluster }));
  }
  const cluster = systems[system]?.cluster;
  return cluster === undefined ? [] : [{ path: ["systems", system, "cluster"], cluster }];
}
