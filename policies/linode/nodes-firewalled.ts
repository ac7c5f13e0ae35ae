import type { StackPolicy } from "../policy";
import { at, items, unknown } from "../value";

export const linodeNodesFirewalled: StackPolicy = {
  id: "linode-nodes-firewalled",
  scope: "stack",
  what: "The nodes of an LKE cluster stand behind a Cloud Firewall.",
  why: "Every node has an address of the internet's, and Kubernetes opens ports on all of them.",
  severity: "critical",
  standards: ["PCI-DSS 4: 1.3.1", "K6"],
  remediation: "Add a linode.Firewall whose linodes are the instances of the cluster's pools.",
  *validate(stack) {
    const guarded = stack.ofType("linode:index/firewall:Firewall").some(({ properties }) => {
      const linodes = at(properties, "linodes");
      return linodes === unknown || items(linodes).length > 0;
    });
    if (guarded || stack.ofType("linode:index/firewallDevice:FirewallDevice").length > 0) return;
    for (const resource of stack.ofType("linode:index/lkeCluster:LkeCluster")) {
      yield {
        resource,
        message: "no Firewall has nodes in linodes: add one for the instances of its pools.",
      };
    }
  },
};
