import { z } from "zod";
import { linodePlan } from "../../facts/linode-plans";
import { clusterOf } from "../../model/clouds";
import type { Plan } from "../../model/plan";
import { namespacesBox, poolBox } from "./clusters";
import type { Box, Diagram, Frame } from "./mermaid";

const systemPool = z.object({ count: z.number(), type: z.string() });
const clusterInputs = z.object({
  label: z.string(),
  k8sVersion: z.string(),
  region: z.string(),
  pools: z.array(systemPool),
});
const poolInputs = z.object({
  type: z.string(),
  nodeCount: z.number(),
  autoscaler: z.object({ min: z.number(), max: z.number() }).optional(),
});
const databaseInputs = z.object({
  label: z.string(),
  engineId: z.string(),
  type: z.string(),
  clusterSize: z.number(),
  region: z.string(),
});

/** What a stack has on Linode: a frame for each region, the cluster within; or the other stack's cluster that it uses. */
export function linodeDiagram(plan: Plan): Diagram {
  const clusters = plan.all("linode:index/lkeCluster:LkeCluster", clusterInputs);
  const databases = plan.all("linode:index/databasePostgresqlV2:DatabasePostgresqlV2", databaseInputs);
  const buckets = plan.all(
    "linode:index/objectStorageBucket:ObjectStorageBucket",
    z.object({ label: z.string(), region: z.string() }),
  );
  const domains = plan.all("linode:index/domain:Domain", z.object({ domain: z.string() }));
  const firewalls = plan.all("linode:index/firewall:Firewall", z.object({ label: z.string() }));
  const regions = new Set([...clusters, ...databases, ...buckets].map(({ inputs }) => inputs.region));
  const frames = [...regions].map((region): Frame => {
    const inRegion = ({ inputs }: { readonly inputs: { readonly region: string } }) =>
      inputs.region === region;
    return {
      id: `linode-${region}`,
      title: region,
      members: [
        ...clusters.filter(inRegion).map(
          ({ name, inputs }): Frame => ({
            id: name,
            title: `LKE ${inputs.label}, Kubernetes ${inputs.k8sVersion}`,
            members: [
              ...namespacesBox(plan, clusterOf(plan, name) ?? name),
              ...inputs.pools.map(({ count, type }, index) =>
                nodesBox(`${name}-pool-${index}`, "system", type, count, count),
              ),
              ...pools(plan, clusterOf(plan, name) ?? name),
            ],
          }),
        ),
        ...databases.filter(inRegion).map(
          (one): Box => ({
            id: one.name,
            lines: [one.inputs.engineId, one.inputs.label, `${one.inputs.clusterSize} x ${one.inputs.type}`],
            shape: "store",
          }),
        ),
        ...buckets
          .filter(inRegion)
          .map((one): Box => ({ id: one.name, lines: ["Bucket", one.inputs.label], shape: "store" })),
      ],
    };
  });
  return {
    members: [
      {
        id: "linode",
        title: "Linode",
        members: [
          ...domains.map(({ name, inputs }) => ({ id: name, lines: ["DNS Manager", inputs.domain] })),
          ...firewalls.map(({ name, inputs }) => ({ id: name, lines: ["Firewall", inputs.label] })),
          ...frames,
          ...usedCluster(plan),
        ],
      },
    ],
    arrows: firewalls.flatMap((firewall) =>
      clusters.map((cluster) => ({ from: firewall.name, to: cluster.name, label: "guards the nodes" })),
    ),
  };
}

function pools(plan: Plan, cluster: string): readonly Box[] {
  const own = plan
    .all("linode:index/lkeNodePool:LkeNodePool", poolInputs)
    .filter(({ name }) => clusterOf(plan, name) === cluster);
  return own.map(({ name, inputs }) => {
    const { autoscaler, nodeCount, type } = inputs;
    const { min, max } = autoscaler ?? { min: nodeCount, max: nodeCount };
    return nodesBox(name, name.slice(`${cluster}-pool-`.length).replace(/-pool$/, ""), type, min, max);
  });
}

function nodesBox(id: string, name: string, plan: string, minimum: number, maximum: number): Box {
  const cards = [linodePlan(plan)?.gpu ?? []].flat();
  return poolBox({ id, name, machines: [plan], cards, spot: false, minimum, maximum });
}

/** A cluster of another stack, which this one only refers to. */
function usedCluster(plan: Plan): readonly Frame[] {
  const owners = plan.all("pulumi:pulumi:StackReference", z.object({ name: z.string() }));
  return owners.map(({ name, inputs }) => ({
    id: name,
    title: `LKE of the stack ${inputs.name}`,
    members: namespacesBox(plan, clusterOf(plan, name) ?? name),
  }));
}
