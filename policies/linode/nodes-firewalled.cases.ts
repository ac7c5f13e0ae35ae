import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Value } from "../value";
import { linodeNodesFirewalled } from "./nodes-firewalled";

const cluster: Sample = {
  type: "linode:index/lkeCluster:LkeCluster",
  name: "lke",
  properties: { label: "prod" },
};

function firewall(linodes: Value): Sample {
  return { type: "linode:index/firewall:Firewall", name: "nodes", properties: { label: "nodes", linodes } };
}

const bare = "lke: no Firewall has nodes in linodes: add one for the instances of its pools.";

export const linodeNodesFirewalledCases: Cases = {
  policy: linodeNodesFirewalled,
  catches: [
    { name: "no firewall", resources: [cluster], violations: [bare] },
    { name: "a firewall before nothing", resources: [cluster, firewall([])], violations: [bare] },

    {
      name: "a firewall that is off, and one before another machine",
      resources: [
        cluster,
        { ...firewall([1, 2]), properties: { label: "nodes", linodes: [1, 2], disabled: true } },
        { ...firewall([4711]), name: "other" },
        { type: "linode:index/instance:Instance", name: "vm", properties: { firewallId: 1 } },
      ],
      violations: [bare],
    },
    {
      name: "a firewall before what was computed from another machine",
      resources: [
        cluster,
        { ...firewall(unknown), dependencies: { linodes: ["vm"] } },
        { type: "linode:index/instance:Instance", name: "vm", properties: { label: "vm" } },
      ],
      violations: [bare],
    },
    {
      name: "an instance with no firewall",
      resources: [{ type: "linode:index/instance:Instance", name: "vm", properties: { label: "vm" } }],
      violations: ["vm: no Firewall is before it: set firewallId, or name it in a Firewall's linodes."],
    },
  ],
  passes: [
    { name: "a firewall before the nodes", resources: [cluster, firewall([1, 2])] },
    {
      name: "nodes that are put behind it one by one",
      resources: [
        cluster,
        firewall(null),
        { type: "linode:index/firewallDevice:FirewallDevice", name: "device", properties: { entityId: 1 } },
      ],
    },
    { name: "no cluster", resources: [] },

    {
      name: "a firewall before the nodes of a pool of its own",
      resources: [
        cluster,
        { type: "linode:index/lkeNodePool:LkeNodePool", name: "pool", properties: { count: 3 } },
        { ...firewall(unknown), dependencies: { linodes: ["pool"] } },
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the cluster's label is not known",
        resources: [{ ...cluster, properties: { label: unknown } }],
        violations: [bare],
      },
    ],
    passes: [{ name: "the nodes are not known", resources: [cluster, firewall(unknown)] }],
  },
  faults: [
    faults.set(/:Firewall$/, "disabled", true),
    faults.gone(/:Firewall$/),
    faults.set(/:Firewall$/, "linodes", []),
  ],
};
