import { internetIn } from "../networks/ranges";
import type { ResourcePolicy } from "../policy";
import { at, items, unknown } from "../value";

interface Configuration {
  readonly minimumNodes: number;
}

export const linodeDatabaseRestricted: ResourcePolicy<Configuration> = {
  id: "linode-database-restricted",
  scope: "resource",
  what: "Managed databases answer only addresses that are named, and have as many nodes as the stack demands.",
  why: "A database that answers everybody is tried with every leaked password; one on a single node is gone with it.",
  severity: "critical",
  standards: ["PCI-DSS 4: 1.4.4", "K6"],
  remediation: "Name ranges in allowLists, never 0.0.0.0/0, and set clusterSize to 2 or 3.",
  configuration: {
    minimumNodes: { type: "integer", minimum: 1, default: 1, description: "The least clusterSize." },
  },
  appliesTo: (type) => /^linode:index\/database(?!Backup)[A-Za-z0-9]*:/.test(type),
  *validate({ type, properties }, { minimumNodes }) {
    const open = internetIn(items(at(properties, "allowLists")));
    if (open !== undefined) yield `allowLists holds ${open}: name the ranges that need it.`;
    if (type.includes("AccessControls")) return;
    const nodes = at(properties, "clusterSize") ?? 1;
    if (nodes !== unknown && properties !== unknown && Number(nodes) < minimumNodes) {
      yield `clusterSize is ${String(nodes)}: set at least ${minimumNodes}.`;
    }
  },
};
