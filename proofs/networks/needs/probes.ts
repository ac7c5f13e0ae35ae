import type { AddressEnd, Call } from "../call";
import { podEnd } from "../call";
import type { Need } from "../context";
import { meshSource, probeRange } from "../mesh";
import { containerPort } from "../services";

const kubelet: AddressEnd = {
  kind: "addresses",
  name: "the kubelet, by the mesh",
  ranges: [probeRange],
};

/**
 * Kubelets probe pods. Every plugin allows probes from a pod's own node (the VPC CNI's agent adds the node to
 * each pod's addresses, Calico allows hosts to reach their own workloads); in the mesh they come from an
 * address that no node has.
 */
export const callsOfKubelets: Need = ({ workloads, mesh }) =>
  workloads
    .filter((workload) => mesh.has(workload))
    .flatMap((workload) => {
      const probed = workload.pod.containers.flatMap(({ probes = {} }) => Object.values(probes));
      const ports = new Set(probed.flatMap((port) => containerPort(workload, port, "TCP") ?? []));
      return [...ports].map(
        (port): Call => ({
          cluster: workload.cluster,
          from: kubelet,
          to: podEnd(workload),
          port,
          protocol: "TCP",
          why: "probes it",
          source: meshSource,
        }),
      );
    });
