import type { CloudName } from "../../cluster/cloud";
import type { ClusterConfig } from "../clusters";
import { awsTraits, awsView } from "./aws-view";
import type { CloudTraits, ClusterView } from "./cluster-view";
import { linodeTraits, linodeView } from "./linode-view";
import { localTraits, localView } from "./local-view";

/** What holds for all clusters of each cloud. */
export const cloudTraits: Readonly<Record<CloudName, CloudTraits>> = {
  aws: awsTraits,
  linode: linodeTraits,
  local: localTraits,
};

/** A cluster's configuration as rules look at it. */
export function viewOf(name: string, config: ClusterConfig): ClusterView {
  switch (config.cloud) {
    case "aws":
      return awsView(name, config);
    case "linode":
      return linodeView(name, config);
    case "local":
      return localView(name, config);
  }
}
