import { z } from "zod";
import { findAwsInstanceType } from "../facts/aws-instance-types";
import { nodeResources } from "../facts/aws-node-resources";
import { allocatable, linodePlan } from "../facts/linode-plans";
import { clusterOf, clustersOn } from "../model/clouds";
import type { Plan } from "../model/plan";
import type { AtLevels } from "./levels";
import { parseResources, type Resources } from "./resources";

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** One kind of machine that a pool may have. */
export interface Machine {
  /** Instance type or plan. */
  readonly type: string;
  /** What pods may have of one. */
  readonly allocatable: Resources;
}

/** A group of nodes that grows and shrinks as one. */
export interface Pool {
  readonly name: string;
  readonly cloud: "aws" | "linode";
  /** Dealt to the nodes in turn, as the sandbox does. */
  readonly machines: readonly Machine[];
  /** Zones that nodes are dealt to in turn; empty on a cloud without zones. */
  readonly zones: readonly string[];
  readonly nodes: AtLevels;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly spot: boolean;
  /** GiB of each node's disk that are paid for besides the machine. */
  readonly diskGib: number;
}

/** A cluster that a stack owns, or (without pools) only deploys into. */
export interface PlannedCluster {
  readonly name: string;
  /** Logical name of the Kubernetes provider of its objects. */
  readonly provider: string;
  readonly pools: readonly Pool[];
  /** Kubernetes minor version; undefined where another owns the cluster. */
  readonly version: string | undefined;
}

/** Label by which the program tells pools apart. */
const poolLabel = "ai-platform/pool";

const labels = z.record(z.string(), z.string()).default({});
const taints = z
  .array(z.object({ key: z.string(), value: z.string().default(""), effect: z.string() }))
  .default([]);

/** The clusters that a stack's objects go to, with the pools that the stack itself has planned for them. */
export function clustersOf(plan: Plan): readonly PlannedCluster[] {
  const providers = plan.all(
    "pulumi:providers:kubernetes",
    z.object({ context: z.string().optional(), clusterIdentifier: z.string().optional() }),
  );
  return providers.map(({ name, inputs }) => {
    const owned = [...eksClusters(plan), ...lkeClusters(plan)].find(({ provider }) => provider === name);
    return (
      owned ?? {
        name: inputs.context ?? inputs.clusterIdentifier?.split(/[/:]/).at(-1) ?? name,
        provider: name,
        pools: [],
        version: undefined,
      }
    );
  });
}

/** The provider of the cluster that a cloud's resource is part of: names of resources begin with the cluster's. */
function providerOf(plan: Plan, cloud: Pool["cloud"], resource: string): string {
  return `${clusterOf(plan, resource) ?? clustersOn(plan, cloud)[0] ?? cloud}-kubernetes`;
}

const nodeGroup = z.object({
  clusterName: z.string(),
  capacityType: z.string().default("ON_DEMAND"),
  instanceTypes: z.array(z.string()),
  labels,
  launchTemplate: z.object({ id: z.string() }),
  scalingConfig: z.object({ minSize: z.number(), desiredSize: z.number(), maxSize: z.number() }),
  subnetIds: z.array(z.string()),
  taints,
});

const awsEffects: Readonly<Record<string, string>> = {
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
};

function eksClusters(plan: Plan): readonly PlannedCluster[] {
  return plan
    .all("aws:eks/cluster:Cluster", z.object({ name: z.string(), version: z.string() }))
    .map(({ name, inputs }) => ({
      name: inputs.name,
      provider: providerOf(plan, "aws", name),
      pools: eksPools(plan, inputs.name),
      version: inputs.version,
    }));
}

function eksPools(plan: Plan, cluster: string): readonly Pool[] {
  const zoneOf = new Map(
    plan
      .all("aws:ec2/subnet:Subnet", z.object({ availabilityZone: z.string() }))
      .map(({ name, inputs }) => [`${name}-id`, inputs.availabilityZone]),
  );
  const diskOf = new Map(
    plan
      .all(
        "aws:ec2/launchTemplate:LaunchTemplate",
        z.object({ blockDeviceMappings: z.array(z.object({ ebs: z.object({ volumeSize: z.number() }) })) }),
      )
      .map(({ name, inputs }) => [
        `${name}-id`,
        Math.max(...inputs.blockDeviceMappings.map(({ ebs }) => ebs.volumeSize)),
      ]),
  );
  return plan
    .all("aws:eks/nodeGroup:NodeGroup", nodeGroup)
    .filter(({ inputs }) => inputs.clusterName === cluster)
    .map(({ name, inputs }) => ({
      name: inputs.labels[poolLabel] ?? name,
      cloud: "aws",
      diskGib: diskOf.get(inputs.launchTemplate.id) ?? 0,
      machines: inputs.instanceTypes.map((type) =>
        awsMachine(type, diskOf.get(inputs.launchTemplate.id) ?? 0),
      ),
      zones: inputs.subnetIds.flatMap((id) => zoneOf.get(id) ?? []),
      nodes: {
        minimum: inputs.scalingConfig.minSize,
        desired: inputs.scalingConfig.desiredSize,
        maximum: inputs.scalingConfig.maxSize,
      },
      labels: inputs.labels,
      taints: inputs.taints.map((taint) => ({ ...taint, effect: awsEffects[taint.effect] ?? taint.effect })),
      spot: inputs.capacityType === "SPOT",
    }));
}

function awsMachine(type: string, diskGiB: number): Machine {
  const facts = findAwsInstanceType(type);
  if (facts === undefined) {
    throw new Error(`the instance type ${type} is not in facts/aws-instance-types.ts: add a row for it`);
  }
  return { type, allocatable: parseResources(nodeResources(facts, diskGiB).allocatable) };
}

const autoscaler = z.object({ min: z.number(), max: z.number() }).optional();
const lkePool = z.object({ type: z.string(), nodeCount: z.number().optional(), autoscaler, labels, taints });

function lkeClusters(plan: Plan): readonly PlannedCluster[] {
  const inline = z.object({ type: z.string(), count: z.number().optional(), autoscaler, labels, taints });
  return plan
    .all(
      "linode:index/lkeCluster:LkeCluster",
      z.object({ label: z.string(), k8sVersion: z.string(), pools: z.array(inline) }),
    )
    .map(({ name, inputs }) => ({
      name: inputs.label,
      provider: providerOf(plan, "linode", name),
      pools: [
        ...inputs.pools.map(({ count, ...pool }) => linodePool("system", { ...pool, nodeCount: count })),
        ...plan
          .all("linode:index/lkeNodePool:LkeNodePool", lkePool)
          .filter((pool) => providerOf(plan, "linode", pool.name) === providerOf(plan, "linode", name))
          .map((pool) => linodePool(pool.name, pool.inputs)),
      ],
      version: inputs.k8sVersion,
    }));
}

function linodePool(name: string, pool: z.infer<typeof lkePool>): Pool {
  const plan = linodePlan(pool.type);
  if (plan === undefined) {
    throw new Error(`the plan ${pool.type} is not in facts/linode-plans.ts: add a row for it`);
  }
  const desired = pool.nodeCount ?? pool.autoscaler?.min ?? 0;
  return {
    name: pool.labels[poolLabel] ?? name,
    cloud: "linode",
    machines: [{ type: pool.type, allocatable: allocatable(plan) }],
    zones: [],
    nodes: {
      minimum: pool.autoscaler?.min ?? desired,
      desired,
      maximum: pool.autoscaler?.max ?? desired,
    },
    labels: pool.labels,
    taints: pool.taints,
    spot: false,
    diskGib: 0,
  };
}
