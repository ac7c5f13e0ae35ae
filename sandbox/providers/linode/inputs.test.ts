import {
  bucket,
  cluster,
  database,
  firewall,
  pool,
  preview,
} from "../../../test/support/clouds/linode-cloud";
import type { Values } from "../standin";

const rule = { label: "web", action: "ACCEPT", protocol: "TCP" };

describe("inputs alone", () => {
  test.each<[string, string, Values]>([
    ["a cluster", "lkeCluster:LkeCluster", cluster],
    [
      "a pool of a Blackwell plan",
      "lkeNodePool:LkeNodePool",
      { ...pool, type: "g3-gpu-rtxpro6000-blackwell-1" },
    ],
    [
      "a pool that is scaled by LKE",
      "lkeNodePool:LkeNodePool",
      { ...pool, nodeCount: 3, autoscaler: { min: 3, max: 10 } },
    ],
    ["a bucket", "objectStorageBucket:ObjectStorageBucket", bucket],
    [
      "a database",
      "databasePostgresqlV2:DatabasePostgresqlV2",
      { ...database, clusterSize: 3, allowLists: ["203.0.113.0/24"] },
    ],
    [
      "ports and ranges of ports",
      "firewall:Firewall",
      { ...firewall, inbounds: [{ ...rule, ports: "80, 443, 30000-32767" }] },
    ],
    [
      "a record",
      "domainRecord:DomainRecord",
      { domainId: 1, recordType: "A", name: "api", target: "203.0.113.9" },
    ],
  ])("pass: %s", async (_, type, inputs) => {
    await expect(preview(type, inputs)).resolves.toBeDefined();
  });

  test.each<[string, string, Values, RegExp]>([
    [
      "the Quadro RTX 6000 (D10)",
      "lkeNodePool:LkeNodePool",
      { ...pool, type: "g1-gpu-rtx6000-1" },
      /type: .*cannot be a node of LKE: Akamai does not deploy.*RTX PRO 6000 Blackwell/,
    ],
    [
      "the same within a cluster",
      "lkeCluster:LkeCluster",
      { ...cluster, pools: [{ type: "g1-gpu-rtx6000-2", count: 1 }] },
      /pools.type: .*cannot be a node of LKE/,
    ],
    [
      "an unknown plan",
      "lkeNodePool:LkeNodePool",
      { ...pool, type: "g9-huge" },
      /"g9-huge" is not a plan that the sandbox knows/,
    ],
    ["a spot pool", "lkeNodePool:LkeNodePool", { ...pool, spot: true }, /spot: not a property/],
    [
      "an unknown region",
      "lkeCluster:LkeCluster",
      { ...cluster, region: "xx-moon" },
      /"xx-moon" is not a region with LKE/,
    ],
    [
      "an unknown version",
      "lkeCluster:LkeCluster",
      { ...cluster, k8sVersion: "1.20" },
      /"1.20": LKE does not offer it; supported are .*1.35/,
    ],
    [
      "a cluster without pools",
      "lkeCluster:LkeCluster",
      { ...cluster, pools: [] },
      /needs one node pool at least/,
    ],
    [
      "a label of 33 characters",
      "lkeCluster:LkeCluster",
      { ...cluster, label: "a".repeat(33) },
      /2 to 32 letters/,
    ],
    [
      "an autoscaler upside down",
      "lkeNodePool:LkeNodePool",
      { ...pool, autoscaler: { min: 5, max: 3 } },
      /min 5 can't be greater than max 3/,
    ],
    [
      "more nodes than the autoscaler allows",
      "lkeNodePool:LkeNodePool",
      { ...pool, nodeCount: 9, autoscaler: { min: 1, max: 3 } },
      /nodeCount 9 can't be greater than autoscaler.max 3/,
    ],
    [
      "a pool of no size",
      "lkeNodePool:LkeNodePool",
      { clusterId: 1, type: "g6-standard-8" },
      /one of nodeCount and autoscaler/,
    ],
    [
      "AWS's word for a taint's effect",
      "lkeNodePool:LkeNodePool",
      { ...pool, taints: [{ key: "k", value: "v", effect: "NO_SCHEDULE" }] },
      /"NO_SCHEDULE" is not one of: NoSchedule/,
    ],
    [
      "upper case in a bucket's label",
      "objectStorageBucket:ObjectStorageBucket",
      { ...bucket, label: "Exports" },
      /"Exports" is not valid: 3 to 63 lower-case/,
    ],
    [
      "a region without Object Storage",
      "objectStorageBucket:ObjectStorageBucket",
      { ...bucket, region: "us-central" },
      /us-central \(Dallas, US\) does not offer Object Storage/,
    ],
    ["a region without VPCs", "vpc:Vpc", { label: "net", region: "us-east" }, /does not offer VPCs/],
    [
      "a bucket of nowhere",
      "objectStorageBucket:ObjectStorageBucket",
      { label: "exports" },
      /one of region and cluster/,
    ],
    [
      "an old database",
      "databasePostgresqlV2:DatabasePostgresqlV2",
      { ...database, engineId: "postgresql/9" },
      /from 13 to 18/,
    ],
    [
      "a database of four nodes",
      "databasePostgresqlV2:DatabasePostgresqlV2",
      { ...database, clusterSize: 4 },
      /must be 1, 2 or 3, found 4/,
    ],
    [
      "an address without its prefix",
      "databasePostgresqlV2:DatabasePostgresqlV2",
      { ...database, allowLists: ["203.0.113.9"] },
      /"203.0.113.9" is not a valid CIDR/,
    ],
    [
      "ports where there are none",
      "firewall:Firewall",
      { ...firewall, inbounds: [{ ...rule, protocol: "ICMP", ports: "8" }] },
      /ports are not allowed for the ICMP protocol/,
    ],
    [
      "what is no port",
      "firewall:Firewall",
      { ...firewall, inbounds: [{ ...rule, ports: "80, http" }] },
      /"http" is neither a port nor a range/,
    ],
    [
      "a range upside down",
      "firewall:Firewall",
      { ...firewall, inbounds: [{ ...rule, ports: "90-80" }] },
      /"90-80" is neither/,
    ],
    [
      "a name where an address belongs",
      "domainRecord:DomainRecord",
      { domainId: 1, recordType: "A", name: "api", target: "example.com" },
      /"example.com" is not an IPv4 address/,
    ],
    [
      "a CAA record without its tag",
      "domainRecord:DomainRecord",
      { domainId: 1, recordType: "CAA", target: "letsencrypt.org" },
      /needs a tag/,
    ],
    [
      "a domain that nobody answers for",
      "domain:Domain",
      { domain: "example.com", type: "master" },
      /soaEmail/,
    ],
    [
      "a Linode by itself",
      "instance:Instance",
      { region: "fr-par", type: "g6-standard-1" },
      /only as nodes of LKE pools/,
    ],
  ])("catch: %s", async (_, type, inputs, message) => {
    await expect(preview(type, inputs)).rejects.toThrow(message);
  });
});
