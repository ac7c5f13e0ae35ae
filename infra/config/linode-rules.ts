import { type LinodePlanId, linodePlan, linodePlans } from "../../facts/linode-plans";
import {
  type LinodeRegion,
  linodeRegion,
  linodeRegionsAsOf,
  regionOffersPlan,
  regionsOffering,
} from "../../facts/linode-regions";
import type { KeyPath } from "./fault";
import type { LinodeConfig } from "./linode";
import { isOwned } from "./linode-cluster";
import { sizeOf } from "./linode-node-pools";

/** Something that is wrong about two values together, at the key that a person would change. */
export interface Problem {
  readonly path: KeyPath;
  readonly problem: string;
}

/** Most nodes in one cluster of the standard tier. Source: Akamai, "LKE limits". */
const maximumNodesPerCluster = 250;

/** Everything that is wrong between the parts of a `linode` section. */
export function linodeProblems(section: LinodeConfig): readonly Problem[] {
  return [
    ...ownershipProblems(section),
    ...planProblems(section),
    ...sizeProblems(section),
    ...objectStorageProblems(section),
    ...databaseProblems(section),
    ...dnsProblems(section),
  ];
}

/** Who owns a cluster owns its nodes (D3). */
function ownershipProblems({ cluster, nodePools }: LinodeConfig): readonly Problem[] {
  const names = Object.keys(nodePools);
  if (isOwned(cluster)) {
    return [
      ...(names.length === 0
        ? [{ path: ["nodePools"], problem: "a cluster of this stack's own needs at least one node pool" }]
        : []),
      ...(names.includes(systemPoolName)
        ? [
            {
              path: ["nodePools", systemPoolName],
              problem: `the pool that the cluster is born with has the name ${systemPoolName}; size it at cluster.systemPool`,
            },
          ]
        : []),
    ];
  }
  return names.map((name) => ({
    path: ["nodePools", name],
    problem: `the cluster belongs to the stack ${cluster.stack}, and so do its node pools; declare the pool there`,
  }));
}

/** The name of the pool that a cluster is born with. */
export const systemPoolName = "system";

interface Planned {
  readonly path: KeyPath;
  readonly plan: LinodePlanId;
}

function plannedPools({ cluster, nodePools }: LinodeConfig): readonly Planned[] {
  return [
    ...(isOwned(cluster) ? [{ path: ["cluster", "systemPool", "plan"], plan: cluster.systemPool.plan }] : []),
    ...Object.entries(nodePools).map(([name, { plan }]) => ({ path: ["nodePools", name, "plan"], plan })),
  ];
}

/** LKE does not take every plan, nor does every region (D10). */
function planProblems(section: LinodeConfig): readonly Problem[] {
  const region = linodeRegion(section.region);
  if (region === undefined) return [];
  return plannedPools(section).flatMap(({ path, plan }) => {
    const refused = linodePlan(plan)?.refusedByLke;
    if (refused !== undefined) {
      return [
        {
          path,
          problem: `${refused}. Its successor is the RTX PRO 6000 Blackwell (g3-gpu-rtxpro6000-blackwell-1, -2, -4; access is granted per account); the RTX 4000 Ada (g2-gpu-rtx4000a1-s and larger) can be had without asking. In ${section.region} there is: ${gpuPlansOf(region)}`,
        },
      ];
    }
    if (regionOffersPlan(region, plan) || section.regionPlans.includes(plan)) return [];
    return [
      {
        path,
        problem: `${section.region} does not offer the plan as of ${linodeRegionsAsOf}; ${regionsOffering(plan).join(", ")} do, and ${section.region} has: ${gpuPlansOf(region)}. If Akamai offers it there by now, add it to regionPlans of the cluster`,
      },
    ];
  });
}

function gpuPlansOf(region: LinodeRegion): string {
  const offered = Object.entries(linodePlans).flatMap(([id, plan]) =>
    "gpu" in plan && !("refusedByLke" in plan) && regionOffersPlan(region, id) ? [id] : [],
  );
  return offered.length === 0 ? "no GPU plan" : offered.join(", ");
}

function sizeProblems({ cluster, nodePools }: LinodeConfig): readonly Problem[] {
  const problems = Object.entries(nodePools).flatMap(([name, { nodes, autoscaler }]) => {
    const path = ["nodePools", name];
    if (autoscaler === undefined) {
      return nodes === undefined
        ? [{ path: [...path, "nodes"], problem: "a pool without an autoscaler needs a number of nodes" }]
        : [];
    }
    const { minimum, maximum } = autoscaler;
    if (minimum > maximum) {
      return [
        {
          path: [...path, "autoscaler", "minimum"],
          problem: `a minimum of ${minimum} nodes is more than the maximum of ${maximum} nodes`,
        },
      ];
    }
    if (nodes === undefined || (nodes >= minimum && nodes <= maximum)) return [];
    return [
      {
        path: [...path, "nodes"],
        problem: `${nodes} nodes to start with are not between the autoscaler's minimum of ${minimum} and maximum of ${maximum} nodes`,
      },
    ];
  });
  const most = Object.values(nodePools).reduce(
    (sum, pool) => sum + sizeOf(pool).maximum,
    isOwned(cluster) ? sizeOf(cluster.systemPool).maximum : 0,
  );
  if (most <= maximumNodesPerCluster) return problems;
  return [
    ...problems,
    {
      path: ["nodePools"],
      problem: `the pools may grow to ${most} nodes together; LKE takes ${maximumNodesPerCluster} nodes in one cluster`,
    },
  ];
}

function objectStorageProblems({ region, objectStorage }: LinodeConfig): readonly Problem[] {
  if (objectStorage === undefined) return [];
  const { buckets, keys } = objectStorage;
  const labels = Object.values(buckets).map(({ label }) => label);
  return [
    ...(linodeRegion(region)?.objectStorage === false
      ? [{ path: ["objectStorage"], problem: `${region} has no Object Storage as of ${linodeRegionsAsOf}` }]
      : []),
    ...Object.entries(buckets).flatMap(([name, { label }]) =>
      labels.indexOf(label) === labels.lastIndexOf(label)
        ? []
        : [
            {
              path: ["objectStorage", "buckets", name, "label"],
              problem: "two buckets of this stack have this name",
            },
          ],
    ),
    ...Object.entries(keys).flatMap(([key, grants]) => [
      ...(Object.keys(grants).length === 0
        ? [
            {
              path: ["objectStorage", "keys", key],
              problem: "a key without a bucket would open every bucket",
            },
          ]
        : []),
      ...Object.keys(grants)
        .filter((bucket) => !Object.hasOwn(buckets, bucket))
        .map((bucket) => ({
          path: ["objectStorage", "keys", key, bucket],
          problem: `there is no such bucket; there are ${Object.keys(buckets).join(", ") || "none"}`,
        })),
    ]),
  ];
}

function databaseProblems({ region, databases }: LinodeConfig): readonly Problem[] {
  const entries = Object.entries(databases);
  const labels = entries.map(([, { label }]) => label);
  return [
    ...(entries.length > 0 && linodeRegion(region)?.managedDatabases === false
      ? [{ path: ["databases"], problem: `${region} has no managed databases as of ${linodeRegionsAsOf}` }]
      : []),
    ...entries.flatMap(([name, { label, plan, nodes }]) => {
      const { family } = linodePlans[plan];
      return [
        ...(family === "gpu"
          ? [
              {
                path: ["databases", name, "plan"],
                problem: "managed databases have no GPU plans; take a g6-dedicated one",
              },
            ]
          : []),
        ...(family === "shared" && nodes === 2
          ? [
              {
                path: ["databases", name, "nodes"],
                problem: "two nodes need a dedicated plan; take g6-dedicated-2 or larger, or 3 nodes",
              },
            ]
          : []),
        ...(labels.indexOf(label) === labels.lastIndexOf(label)
          ? []
          : [{ path: ["databases", name, "label"], problem: "two databases of this stack have this label" }]),
      ];
    }),
  ];
}

function dnsProblems({ dns }: LinodeConfig): readonly Problem[] {
  return (dns?.records ?? []).flatMap(({ type, priority }, index) => {
    if (type === "MX" && priority === undefined) {
      return [{ path: ["dns", "records", index, "priority"], problem: "an MX record needs a priority" }];
    }
    if (type !== "MX" && priority !== undefined) {
      return [
        { path: ["dns", "records", index, "priority"], problem: `only MX records have one, this is ${type}` },
      ];
    }
    return [];
  });
}
