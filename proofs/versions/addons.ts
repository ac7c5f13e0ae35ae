import { z } from "zod";
import { eksAddons } from "../../facts/aws-eks";
import type { Fault } from "../proof";
import { type Check, each, nothing } from "../verdict";
import { minorOf, skewOf } from "./minor";

const addon = z.object({
  clusterName: z.string(),
  addonName: z.string(),
  addonVersion: z.string().optional(),
});
const cluster = z.object({ name: z.string(), version: z.string() });

/** Builds of add-ons that are known, for each version of Kubernetes. */
const known: Readonly<Record<string, Readonly<Record<string, string>>>> = eksAddons;

/** Every add-on of EKS is pinned, and of a release that is known for the cluster's version. */
export const addonsFit: Check = ({ plan }) => {
  if (plan === undefined) return nothing;
  const versionOf = new Map(
    plan.all("aws:eks/cluster:Cluster", cluster).map(({ inputs }) => [inputs.name, inputs.version]),
  );
  return each(plan.all("aws:eks/addon:Addon", addon), ({ name, inputs }): Fault | undefined => {
    const version = versionOf.get(inputs.clusterName) ?? "";
    const rule = faultOf(inputs, version);
    return rule === undefined
      ? undefined
      : {
          object: name,
          rule,
          source: "EKS, DescribeAddonVersions: compatibilities; Kubernetes, version skew policy (kube-proxy)",
          fix: `take the build that facts/aws-eks.ts has for ${version}, or add another one there`,
        };
  });
};

function faultOf({ addonName, addonVersion }: z.infer<typeof addon>, version: string): string | undefined {
  if (addonVersion === undefined)
    return "its version is left to AWS: it changes by itself with the next cluster";
  const [own, control] = [minorOf(addonVersion), minorOf(version)];
  if (addonName === "kube-proxy" && own !== undefined && control !== undefined) {
    const skew = skewOf(own, control);
    return skew && `kube-proxy ${addonVersion} ${skew}`;
  }
  const build = known[version]?.[addonName];
  return build === undefined || releaseOf(build) === releaseOf(addonVersion)
    ? undefined
    : `${addonName} ${addonVersion} is not known to be for Kubernetes ${version}: that has ${build}`;
}

/** `v1.14` of `v1.14.3-eksbuild.3`: patches are for the same versions of Kubernetes. */
function releaseOf(build: string): string {
  return build.split(".").slice(0, 2).join(".");
}
