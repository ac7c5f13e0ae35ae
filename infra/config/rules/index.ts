import { gpuPool } from "./gpu-pool";
import { kubernetesVersion } from "./kubernetes-version";
import { linodeToken } from "./linode-token";
import { placement } from "./placement";
import { publicHosts } from "./public-hosts";
import type { Rule } from "./rule";
import { sharedCluster } from "./shared-cluster";

/** Every check that crosses sections, or that needs more than the stack file. */
export const rules: readonly Rule[] = [
  placement,
  gpuPool,
  sharedCluster,
  publicHosts,
  kubernetesVersion,
  linodeToken,
];
