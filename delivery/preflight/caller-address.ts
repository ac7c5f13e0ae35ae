import { addressCount, parseCidr } from "../../primitives/cidr";
import { notChecked, type Row, together, type Verdict, verdictOf } from "../row";
import type { PreflightContext } from "./context";
import { clustersOn, isOn, ownLkeClusters } from "./each-cluster";

const seed = "001 Security; C6, D5";
const service = "https://checkip.amazonaws.com";

/** Whether the API servers accept this machine's address: Kubernetes objects are created from here. */
export const callerAddressRows: readonly Row<PreflightContext>[] = [
  {
    id: "aws-reach",
    title: "EKS' API server takes calls from this machine's address",
    seed,
    appliesTo: isOn("aws"),
    check: async (around) =>
      together(
        await Promise.all(
          clustersOn(around, "aws").map(({ name, config: { cluster } }) =>
            judge(around, `clusters.${name}.cluster.publicAccessCidrs`, cluster.publicAccessCidrs),
          ),
        ),
      ),
  },
  {
    id: "linode-reach",
    title: "LKE's API server takes calls from this machine's address",
    seed,
    appliesTo: (around) => ownLkeClusters(around).length > 0,
    check: async (around) =>
      together(
        await Promise.all(
          ownLkeClusters(around).map(({ name, config: { cluster } }) =>
            judge(around, `clusters.${name}.cluster.controlPlaneCidrs`, cluster.controlPlaneCidrs),
          ),
        ),
      ),
  },
];

async function judge({ get }: PreflightContext, key: string, ranges: readonly string[]): Promise<Verdict> {
  if (ranges.length === 0) {
    return notChecked(
      `${key} names no range: the API server answers inside its network only, so run this from there`,
    );
  }
  const address = (await get(service)).body.trim();
  const asRange = parseCidr(`${address}/32`);
  if (asRange === undefined)
    return notChecked(`${service} knows no IPv4 address of this machine: ${address}`);
  const inside = ranges
    .flatMap((range) => parseCidr(range) ?? [])
    .some(({ base, prefix }) => asRange.base >= base && asRange.base < base + addressCount(prefix));
  return verdictOf(
    inside
      ? []
      : [
          {
            about: `ai-platform:${key}`,
            expected: `a range with ${address}, this machine's address`,
            found: ranges.join(", "),
            look: `pulumi config set --path 'ai-platform:${key}[${ranges.length}]' ${address}/32`,
          },
        ],
  );
}
