import {
  linodeRegion,
  linodeRegionsAsOf,
  regionOffersPlan,
  regionsOffering,
} from "../../../facts/linode-regions";
import { lkeVersions, supportedLkeVersions } from "../../../facts/linode-versions";
import { today } from "../../../primitives/day";
import { CloudError } from "../../clouds/errors";
import { between, matches, oneOf, ordered } from "../../clouds/rules";
import { failure, holds, type Request, type ResourceTable, type Rule, type Tables } from "../../clouds/table";
import { number, objects, text, texts } from "../../clouds/values";
import type { ClusterIdentity, ControlPlane } from "../../cluster/types";
import type { Value, Values } from "../standin";
import { countOf, effects, inlinePoolId, linodesOf, lkePlan, nodePool, nodesPerPool } from "./lke-pool";
import { newNumber, uniqueLabel } from "./names";
import { regionWith } from "./regions";
import { tokens } from "./tokens";

/** Nodes that LKE's standard tier allows a cluster. */
const nodesPerCluster = 250;

const kubernetesVersion: Rule = (inputs) =>
  texts(inputs, "k8sVersion").flatMap((version) => {
    const supported = supportedLkeVersions(new Date(today()));
    if (supported.includes(version)) return [];
    const known: Readonly<Record<string, { readonly supportEnds: string }>> = lkeVersions;
    const ended = known[version]?.supportEnds;
    const why = ended === undefined ? "LKE does not offer it" : `its support ended on ${ended}`;
    return [
      failure(
        "k8sVersion",
        `[400] k8s_version is not valid: "${version}": ${why}; supported are ${supported.join(", ")}`,
      ),
    ];
  });

/**
 * Akamai adds GPU plans to regions without a release of ours, and a stack may rely on that, so a plan which the dated
 * table does not list for the region is a warning here and no refusal.
 */
function warnOfPlan(plan: string, region: string, log: Request["log"]): void {
  const facts = linodeRegion(region);
  if (!facts || regionOffersPlan(facts, plan)) return;
  const others = regionsOffering(plan).join(", ");
  log(
    `as of ${linodeRegionsAsOf}, ${region} did not offer ${plan} (${others} did): Linode may refuse it`,
    "warning",
  );
}

/** What Linode hands out: base64 of a kubeconfig with the administrator's token. */
function kubeconfigOf(clusterId: string, controlPlane: ControlPlane): string {
  const name = `lke${clusterId}`;
  const lines = [
    "apiVersion: v1",
    "kind: Config",
    "preferences: {}",
    "clusters:",
    "- cluster:",
    `    certificate-authority-data: ${controlPlane.certificateAuthority}`,
    `    server: ${controlPlane.endpoint}`,
    `  name: ${name}`,
    "users:",
    `- name: ${name}-admin`,
    "  user:",
    "    as-user-extra: {}",
    `    token: ${controlPlane.token}`,
    "contexts:",
    "- context:",
    `    cluster: ${name}`,
    "    namespace: default",
    `    user: ${name}-admin`,
    `  name: ${name}-ctx`,
    `current-context: ${name}-ctx`,
  ];
  return Buffer.from(`${lines.join("\n")}\n`).toString("base64");
}

function identityOf(inputs: Values): ClusterIdentity {
  return { cloud: "linode", name: text(inputs, "label") ?? "" };
}

async function provisionCluster(request: Request): Promise<Values> {
  const { inputs, id, region, clusters, log, previous } = request;
  const identity = identityOf(inputs);
  log(`starts the control plane of ${identity.name}`);
  const controlPlane = await clusters.start(identity, { version: text(inputs, "k8sVersion") ?? "" });
  const pools: Value[] = [];
  const wanted = objects(inputs, "pools");
  for (const [index, pool] of wanted.entries()) {
    const poolId = inlinePoolId(id, index);
    warnOfPlan(text(pool, "type") ?? "", region, log);
    await clusters.applyNodePool(identity, nodePool(pool, String(poolId), id, region, countOf(pool)));
    pools.push({
      diskEncryption: "enabled",
      tags: [],
      ...pool,
      count: countOf(pool),
      id: poolId,
      nodes: linodesOf(String(poolId), countOf(pool)),
    });
  }
  const before = previous ? objects(previous.inputs, "pools").length : 0;
  for (let index = wanted.length; index < before; index++) {
    await clusters.removeNodePool(identity, `lke${id}-${inlinePoolId(id, index)}`);
  }
  return { pools, kubeconfig: kubeconfigOf(id, controlPlane), apiEndpoints: [controlPlane.endpoint] };
}

const cluster: ResourceTable = {
  label: "LKE cluster",
  global: true,
  replaces: ["region", "tier", "aplEnabled"],
  newId: newNumber,
  notFound: "[404] LKE cluster",
  defaults: { tier: "standard" },
  rules: [
    matches(
      "label",
      /^[A-Za-z0-9][A-Za-z0-9_-]{0,30}[A-Za-z0-9]$/,
      "2 to 32 letters, digits, - and _, letters or digits at both ends",
    ),
    regionWith(),
    kubernetesVersion,
    lkePlan("pools.type"),
    between("pools.count", 1, nodesPerPool, "nodes"),
    ordered("pools.autoscaler", "min", "min", "max"),
    oneOf("pools.taints.effect", effects),
    oneOf("tier", ["standard"]),
    (inputs) =>
      Array.isArray(inputs.pools) && inputs.pools.length === 0
        ? [failure("pools", "[400] a cluster of the standard tier needs one node pool at least")]
        : [],
  ],
  completed: ["pools.nodes", "pools.id"],
  admit: async (request) => {
    // Linode allows it; here a control plane is told by its cluster's label.
    await uniqueLabel(request);
    if (!request.previous) return;
    const before = minor(text(request.previous.inputs, "k8sVersion"));
    const wanted = minor(text(request.inputs, "k8sVersion"));
    if (wanted === before || wanted === before + 1) return;
    throw new CloudError(
      "[400] [k8s_version]",
      `LKE upgrades one minor version at a time and never back: 1.${before} to 1.${wanted}`,
    );
  },
  provision: provisionCluster,
  release: ({ clusters, record }) => clusters.remove(identityOf(record.inputs)),
  alive: async ({ clusters, record }) => (await clusters.find(identityOf(record.inputs))) !== undefined,
  compute: ({ id, region, inputs }) => ({
    controlPlane: { highAvailability: false, ...objects(inputs, "controlPlane")[0] },
    dashboardUrl: `https://${id}.dashboard.${region}.linodelke.net`,
    status: "ready",
  }),
};

function minor(version: string | undefined): number {
  return Number((version ?? "").split(".")[1]);
}

export const pool: ResourceTable = {
  label: "LKE node pool",
  global: true,
  replaces: ["clusterId", "type"],
  newId: newNumber,
  notFound: "[404] LKE node pool",
  rules: [
    lkePlan("type"),
    between("nodeCount", 1, nodesPerPool, "nodes"),
    between("autoscaler.min", 1, nodesPerPool, "nodes"),
    between("autoscaler.max", 1, nodesPerPool, "nodes"),
    ordered("autoscaler", "min", "min", "max"),
    oneOf("taints.effect", effects),
    (inputs) => {
      const [count, max] = [number(inputs, "nodeCount"), number(inputs, "autoscaler.max")];
      if (count === undefined || max === undefined || count <= max) return [];
      return [failure("nodeCount", `nodeCount ${count} can't be greater than autoscaler.max ${max}`)];
    },
    (inputs) =>
      inputs.nodeCount === undefined && inputs.autoscaler === undefined
        ? [failure("nodeCount", "one of nodeCount and autoscaler must be given")]
        : [],
  ],
  links: { clusterId: holds(tokens.lkeCluster) },
  changing: ["nodes"],
  admit: async ({ inputs, id, neighbours, resource }) => {
    const others = (await neighbours.list(resource.type)).filter(
      (record) => record.id !== id && record.inputs.clusterId === inputs.clusterId,
    );
    const used = others.reduce((sum, record) => sum + poolSize(record.inputs), 0);
    if (used + poolSize(inputs) <= nodesPerCluster) return;
    throw new CloudError(
      "[400]",
      `a cluster has at most ${nodesPerCluster} nodes: ${used} exist, ${poolSize(inputs)} are asked for`,
    );
  },
  provision: async (request): Promise<Values> => {
    const { inputs, id, clusters, neighbours, log } = request;
    const owner = await neighbours.find(tokens.lkeCluster, String(inputs.clusterId));
    if (!owner) return {};
    const region = text(owner.inputs, "region") ?? "";
    warnOfPlan(text(inputs, "type") ?? "", region, log);
    log(`waits until ${poolSize(inputs)} nodes are ready`);
    await clusters.applyNodePool(
      identityOf(owner.inputs),
      nodePool(inputs, id, owner.id, region, poolSize(inputs)),
    );
    return { nodes: linodesOf(id, poolSize(inputs)) };
  },
  release: async ({ clusters, record, neighbours }) => {
    const owner = await neighbours.find(tokens.lkeCluster, String(record.inputs.clusterId));
    if (!owner || !(await clusters.find(identityOf(owner.inputs)))) return;
    await clusters.removeNodePool(identityOf(owner.inputs), `lke${owner.id}-${record.id}`);
  },
  compute: ({ inputs }) => ({
    diskEncryption: "enabled",
    nodeCount: poolSize(inputs),
    updateStrategy: text(inputs, "updateStrategy") ?? "rolling_update",
  }),
};

/** An autoscaled pool begins with the nodes that are asked for, else with its minimum. */
function poolSize(inputs: Values): number {
  return number(inputs, "nodeCount") ?? number(inputs, "autoscaler.min") ?? 0;
}

export const lke: Tables = { [tokens.lkeCluster]: cluster, [tokens.lkeNodePool]: pool };
