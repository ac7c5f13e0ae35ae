import { alerts } from "./alerts";
import { delivery } from "./delivery";
import { distinctClusters } from "./distinct-clusters";
import { externalSecrets } from "./external-secrets";
import { gpuPool } from "./gpu-pool";
import { kubernetesVersion } from "./kubernetes-version";
import { leftOut } from "./left-out";
import { linodeToken } from "./linode-token";
import { managedDatabase } from "./managed-database";
import { placeholders } from "./placeholders";
import { placement } from "./placement";
import { publicHosts } from "./public-hosts";
import { registryProject } from "./registry-project";
import { rotation } from "./rotation";
import type { Rule } from "./rule";
import { sharedCluster } from "./shared-cluster";
import { stackSecrets } from "./stack-secrets";
import { workloadNames } from "./workload-names";

/** Every check that crosses sections, or that needs more than the stack file. */
export const rules: readonly Rule[] = [
  placement,
  distinctClusters,
  alerts,
  delivery,
  gpuPool,
  sharedCluster,
  publicHosts,
  workloadNames,
  registryProject,
  kubernetesVersion,
  leftOut,
  linodeToken,
  managedDatabase,
  placeholders,
  stackSecrets,
  rotation,
  externalSecrets,
];
