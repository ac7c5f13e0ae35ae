import { z } from "zod";
import { type Call, podEnd } from "../call";
import type { Need } from "../context";
import { publicAddress } from "../ground";

const source = "EKS user guide: EKS Pod Identity, agent considerations; AWS: VPC interface endpoints";

const association = z.looseObject({ namespace: z.string(), serviceAccount: z.string() });

/** Pods with an AWS role ask the agent on their node for credentials, and call AWS. */
export const callsToCloud: Need = ({ plan, workloads, grounds }) => {
  const granted = new Set(
    (plan?.all("aws:eks/podIdentityAssociation:PodIdentityAssociation", association) ?? []).map(
      ({ inputs }) => `${inputs.namespace}/${inputs.serviceAccount}`,
    ),
  );
  return workloads
    .filter(({ namespace, pod }) => granted.has(`${namespace}/${pod.serviceAccount}`))
    .flatMap((workload): readonly Call[] => {
      const ground = grounds.get(workload.cluster);
      if (ground?.credentials === undefined) return [];
      const call = { cluster: workload.cluster, from: podEnd(workload), protocol: "TCP", source } as const;
      const { end, port } = ground.credentials;
      const why = `has a role by its account ${workload.pod.serviceAccount}`;
      return [
        { ...call, to: end, port, why },
        {
          ...call,
          to: { kind: "addresses", name: "AWS", ranges: [...publicAddress, ...ground.cloud] },
          port: 443,
          why,
        },
      ];
    });
};
