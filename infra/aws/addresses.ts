import { formatCidr, parseCidr } from "../../primitives/cidr";
import type { ClusterAddresses } from "../cluster/cluster";
import type { AwsConfig } from "../config/aws";
import { planZone, type ZoneNetworks } from "./address-plan";

/** EKS Pod Identity's agent answers here on every node. (C6) */
const credentialsAgent = { address: "169.254.170.23/32", port: 80 };

/** The part of a stack's AWS section that decides on addresses. */
type AddressesArgs = Pick<AwsConfig, "network" | "cluster">;

/**
 * Where things are in a VPC, by its address plan: the control plane's interfaces and the interface endpoints in the
 * intra networks, the nodes in the private ones. The VPC CNI's agent judges what leaves a pod before the address of a Service
 * is translated, so pods outside the mesh reach the API server by the address of its Service; the mesh's node proxy
 * translates first.
 *
 * @see https://github.com/aws/amazon-network-policy-controller-k8s pkg/resolvers/endpoints.go (read 2026-11)
 */
export function clusterAddresses({ network: { cidr, zones }, cluster }: AddressesArgs): ClusterAddresses {
  const network = parseCidr(cidr);
  const rangesOf = (kind: keyof ZoneNetworks): readonly string[] =>
    network === undefined ? [] : zones.map((_, index) => formatCidr(planZone(network, index)[kind]));
  const intra = rangesOf("intra");
  const services = parseCidr(cluster.serviceCidr);
  // `default/kubernetes` has the first address of the range, and selects no pods by which a policy could name it.
  const service = services ? [formatCidr({ base: services.base + 1, prefix: 32 })] : [];
  return {
    apiServer: { targets: [...service, ...intra], ports: [443], sources: intra },
    nodes: rangesOf("private"),
    cloudServices: intra,
    credentialsAgent,
  };
}
