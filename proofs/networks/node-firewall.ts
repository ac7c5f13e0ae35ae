import { z } from "zod";
import { type Check, each, nothing } from "../verdict";

const inbound = z.object({
  action: z.string(),
  protocol: z.string(),
  ports: z.string().optional(),
  ipv4s: z.array(z.string()).default([]),
});
const firewall = z.object({ inboundPolicy: z.string(), inbounds: z.array(inbound).default([]) });

/** What nodes of LKE have to let in: each other and the control plane by the private network, NodeBalancers by theirs. */
const needed = [
  { what: "kubelets", protocol: "TCP", port: 10250, from: "192.168.128.0/17" },
  { what: "the tunnel to the control plane", protocol: "UDP", port: 51820, from: "192.168.128.0/17" },
  { what: "cluster DNS", protocol: "TCP", port: 53, from: "192.168.128.0/17" },
  { what: "cluster DNS", protocol: "UDP", port: 53, from: "192.168.128.0/17" },
  { what: "routes of Calico", protocol: "TCP", port: 179, from: "192.168.128.0/17" },
  { what: "pods of other nodes", protocol: "IPENCAP", port: undefined, from: "192.168.128.0/17" },
  { what: "NodeBalancers", protocol: "TCP", port: 30000, from: "192.168.255.0/24" },
  { what: "NodeBalancers", protocol: "TCP", port: 32767, from: "192.168.255.0/24" },
] as const;

/** A firewall before nodes of LKE lets in what the cluster lives by. */
export const nodesHearEachOther: Check = ({ plan }) =>
  plan === undefined
    ? nothing
    : each(plan.all("linode:index/firewall:Firewall", firewall), ({ name, inputs }) =>
        inputs.inboundPolicy === "ACCEPT"
          ? undefined
          : needed
              .filter(
                ({ protocol, port, from }) => !inputs.inbounds.some((one) => lets(one, protocol, port, from)),
              )
              .map(({ what, protocol, port, from }) => ({
                object: name,
                rule: `it does not let ${what} in: ${protocol}${port === undefined ? "" : ` ${port}`} from ${from}`,
                source: "Linode, LKE: firewall rules for Kubernetes clusters",
                fix: "add the rule",
              })),
      );

function lets(
  { action, protocol, ports, ipv4s }: z.infer<typeof inbound>,
  wanted: string,
  port: number | undefined,
  from: string,
): boolean {
  const isPort =
    port === undefined ||
    ports === undefined ||
    ports.split(/,\s*/).some((range) => {
      const [first = Number.NaN, last = first] = range.split("-").map(Number);
      return first <= port && port <= last;
    });
  return (
    action === "ACCEPT" &&
    protocol === wanted &&
    isPort &&
    (ipv4s.includes(from) || ipv4s.includes("0.0.0.0/0"))
  );
}
