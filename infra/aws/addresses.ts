import type { ClusterAddresses } from "../cluster/cluster";
import type { AwsConfig } from "../config/aws";
import { formatCidr, parseCidr } from "../config/cidr";
import { planZone, type ZoneNetworks } from "./address-plan";

/** EKS Pod Identity's agent answers here on every node. (C6) */
const credentialsAgent = { address: "169.254.170.23/32", port: 80 };

/**
 * Where things are in a VPC, by its address plan: the control plane's interfaces and the interface endpoints in the
 * intra networks, the nodes in the private ones.
 */
export function clusterAddresses({ cidr, zones }: AwsConfig["network"]): ClusterAddresses {
  const network = parseCidr(cidr);
  const rangesOf = (kind: keyof ZoneNetworks): readonly string[] =>
    network === undefined ? [] : zones.map((_, index) => formatCidr(planZone(network, index)[kind]));
  const intra = rangesOf("intra");
  return {
    apiServer: { targets: intra, ports: [443], sources: intra },
    nodes: rangesOf("private"),
    cloudServices: intra,
    credentialsAgent,
  };
}
