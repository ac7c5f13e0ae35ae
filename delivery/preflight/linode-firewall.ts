import { z } from "zod";
import { type Finding, notChecked, type Row, type Verdict } from "../row";
import type { PreflightContext } from "./context";
import { findingsOf, ownLkeClusters } from "./each-cluster";
import { linodeApi } from "./linode-api";

const named = z.looseObject({ data: z.array(z.looseObject({ id: z.number(), label: z.string() })) });
const pools = z.looseObject({
  data: z.array(
    z.looseObject({ nodes: z.array(z.looseObject({ instance_id: z.number().nullable().default(null) })) }),
  ),
});
const devices = z.looseObject({
  data: z.array(z.looseObject({ entity: z.looseObject({ id: z.number(), type: z.string() }) })),
});

/**
 * Nodes that the autoscaler added, or that were recycled, are not behind the firewall before the next `pulumi up --refresh`: the
 * firewall lists Linodes by number. (C6, K6)
 */
export const linodeFirewallRow: Row<PreflightContext> = {
  id: "linode-firewall",
  title: "Every node of LKE stands behind the firewall",
  seed: "001 Security; C6, K6",
  appliesTo: (around) => ownLkeClusters(around).length > 0,
  check: async (around): Promise<Verdict> => {
    const token = around.environment.LINODE_TOKEN;
    if (!token) return notChecked("LINODE_TOKEN is not set; the stack may have its own as linode:token");
    return findingsOf(ownLkeClusters(around), ({ config }) => openNodes(config.cluster.name, token, around));
  },
};

/** The nodes of a cluster that its firewall does not know. */
async function openNodes(
  cluster: string,
  token: string,
  around: PreflightContext,
): Promise<readonly Finding[]> {
  const ask = async <Shape extends z.ZodType>(shape: Shape, path: string): Promise<z.infer<Shape>> => {
    const url = `${linodeApi}/${path}?page_size=500`;
    const { status, body } = await around.get(url, { authorization: `Bearer ${token}` });
    if (status !== 200) throw new Error(`HTTP ${status} from ${url}`);
    return shape.parse(JSON.parse(body));
  };
  const idOf = async (path: string, label: string): Promise<number | undefined> =>
    (await ask(named, path)).data.find((one) => one.label === label)?.id;

  const clusterId = await idOf("lke/clusters", cluster);
  // Before the first `up` there is neither.
  if (clusterId === undefined) return [];
  const nodes = (await ask(pools, `lke/clusters/${clusterId}/pools`)).data.flatMap((pool) =>
    pool.nodes.flatMap(({ instance_id }) => instance_id ?? []),
  );
  const firewall = `${cluster}-nodes`;
  const firewallId = await idOf("networking/firewalls", firewall);
  const behind =
    firewallId === undefined
      ? []
      : (await ask(devices, `networking/firewalls/${firewallId}/devices`)).data
          .filter(({ entity }) => entity.type === "linode")
          .map(({ entity }) => entity.id);
  const open = nodes.filter((node) => !behind.includes(node));
  if (open.length === 0) return [];
  return [
    {
      about: `nodes of LKE ${cluster}`,
      expected: `all ${nodes.length} behind the firewall ${firewall}`,
      found: `not behind it: the Linodes ${open.join(", ")}`,
      look: `pulumi up --refresh --stack ${around.facts.stack}`,
    },
  ];
}
