import { clustersOf, type PlannedCluster, type Pool } from "../../estimate/pools";
import { schedulingOf, selects, tolerates } from "../../estimate/scheduling";
import { attachLimit, isXen } from "../../facts/attach-limits";
import { volumeRules } from "../../facts/volume-rules";
import type { Model, Workload } from "../../model/model";
import { nameOf } from "../proof";
import { type Check, each, nothing, sum } from "../verdict";
import { claimsOf, classOf } from "./claims";

/** Node groups grow in the zones of their volumes, consist of types that can join, and accept all volumes. */
export const nodesTakeVolumes: Check = ({ model, plan }) => {
  if (plan === undefined) {
    return nothing;
  }
  const clusters = clustersOf(plan).filter(({ pools }) => pools.length > 0);
  return sum(
    clusters.flatMap((cluster) => {
      const name = cluster.provider.replace(/-kubernetes$/, "");
      return [
        each(cluster.pools, (pool) => (pool.zones.length > 1 ? overZones(model, name, pool) : undefined)),
        each(cluster.pools, (pool) => oldMachines(name, pool)),
        each([cluster], () => tooManyVolumes(model, name, cluster)),
        tooManyForOne(model, name, cluster),
      ];
    }),
  );
};

function overZones(model: Model, cluster: string, pool: Pool) {
  const stores = zonalWorkloads(model, cluster).filter((workload) => mayRun(workload, pool));
  const [first] = stores;
  return first === undefined
    ? undefined
    : {
        object: `${cluster}: node group ${pool.name}`,
        rule: `it is one group over ${pool.zones.join(", ")}, and ${stores.length} workloads with volumes may run there, ${first.namespace}/${first.name} among them: it does not grow in the zone of a waiting pod's volume, and evening out may end a store's node`,
        source:
          "EKS user guide, managed node groups: one group for each zone; kubernetes/autoscaler 1431, 6000",
        fix: "make a group for each zone, with the autoscaler's balance-similar-node-groups",
      };
}

/** Workloads with permanent volumes, each in one zone. */
function zonalWorkloads(model: Model, cluster: string): readonly Workload[] {
  const zonal = claimsOf(model).filter((claim) => {
    const provisioner = classOf(model, claim)?.provisioner;
    const rules = volumeRules.find((one) => one.provisioner === provisioner);
    return rules?.topologyKey?.endsWith("/zone") === true && !claim.isScratch && claim.of.cluster === cluster;
  });
  const makers = new Set(zonal.map(({ of }) => of));
  const mounted = new Set(zonal.map(({ of, name }) => `${of.namespace}/${name}`));
  return model.workloads.filter(
    (workload) =>
      workload.cluster === cluster &&
      (makers.has(workload) ||
        (workload.pod.volumes ?? []).some((volume) => {
          const [kind, name] = volume.split(" ");
          return kind === "claim" && mounted.has(`${workload.namespace}/${name}`);
        })),
  );
}

function mayRun({ pod }: Workload, { labels, taints }: Pool): boolean {
  const scheduling = schedulingOf(pod);
  return selects(scheduling, labels) && tolerates(scheduling, taints);
}

function oldMachines(cluster: string, pool: Pool) {
  const old = pool.machines.filter(({ type }) => isXen(type));
  return old.map(({ type }) => ({
    object: `${cluster}: node group ${pool.name}`,
    rule: `${type} is a Xen type: its nodes join clusters of Amazon Linux 2023 unreliably`,
    source: "awslabs/amazon-eks-ami 2436",
    fix: "leave the type out, or take a Nitro type of the same size",
  }));
}

/** No pod has more disks than the largest node accepts. */
function tooManyForOne(model: Model, name: string, { pools }: PlannedCluster) {
  const most = Math.max(
    ...pools.flatMap(({ cloud, machines }) => machines.flatMap(({ type }) => attachLimit(cloud, type) ?? [])),
  );
  const makers = new Map<string, number>();
  for (const claim of claimsOf(model).filter(({ of }) => of.cluster === name && of.pod !== undefined)) {
    makers.set(nameOf(claim.of), (makers.get(nameOf(claim.of)) ?? 0) + 1);
  }
  return each(makers, ([object, disks]) =>
    disks <= most
      ? undefined
      : {
          object,
          rule: `each of its pods has ${disks} volumes, and no node takes more than ${most}`,
          source: "EBS user guide, volume limits; Linode, Block Storage: volumes a Linode",
          fix: "put more into one volume",
        },
  );
}

function tooManyVolumes(model: Model, name: string, { pools }: PlannedCluster) {
  const disks = claimsOf(model)
    .filter((claim) => {
      const provisioner = classOf(model, claim)?.provisioner;
      const rules = volumeRules.find((one) => one.provisioner === provisioner);
      return claim.of.cluster === name && rules !== undefined && rules.leastGibibytes > 0 && !claim.isScratch;
    })
    .reduce((total, { count }) => total + count, 0);
  const most = pools
    .map(({ cloud, machines, nodes }) => {
      const limits = machines.flatMap(({ type }) => attachLimit(cloud, type) ?? []);
      return nodes.minimum * Math.min(...limits);
    })
    .reduce((total, limit) => total + limit, 0);
  return disks <= most
    ? undefined
    : {
        object: `${name}: volumes`,
        rule: `its stores have ${disks} volumes, and its nodes at their fewest take ${most}`,
        source: "EBS user guide, volume limits; Linode, Block Storage: volumes a Linode",
        fix: "raise the minimum of a pool, or take larger machines",
      };
}
