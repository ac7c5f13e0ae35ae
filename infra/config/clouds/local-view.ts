import { type LocalConfig, localPoolName } from "../local";
import type { CloudTraits, ClusterView } from "./cluster-view";

/** Clusters that exist already. */
export const localTraits: CloudTraits = {
  takesPlaceholders: true,
  hasSecretStore: false,
  needsLinodeToken: false,
};

/** A cluster that exists already as rules look at it. */
export function localView(name: string, { context, gpu }: LocalConfig): ClusterView {
  return {
    pools: [{ name: localPoolName, hasGpu: gpu }],
    versionFaults: () => [],
    needsLinodeToken: false,
    unique: [
      { path: ["context"], what: "context of the kubeconfig", value: context, example: `${context}-${name}` },
    ],
    networks: [],
  };
}
