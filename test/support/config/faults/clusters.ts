import { databases, type Fault } from "../loaded";

/** What can be wrong with the clusters. */
export const clusterFaults: readonly Fault[] = [
  {
    name: "an unknown key",
    set: { "clusters/aws/nodePools/general/minimun": 5 },
    message: [
      "ai-platform:clusters.aws.nodePools.general.minimun",
      "found:   an unknown key; did you mean minimum?",
      "allowed: the keys instanceTypes, minimum, desired, maximum, onDemandPercent, diskGiB, zones, amiType, labels, taints",
    ],
  },
  {
    name: "a managed database that autoscaled nodes are to reach",
    set: { "clusters/linode/databases": databases({ managed: true, clientCidrs: ["172.105.64.11/32"] }) },
    message: [
      "ai-platform:clusters.linode.databases.user-organization.managed",
      "LKE has no NAT, and nodes that an autoscaler adds (baseline-production, baseline-staging) have addresses that clientCidrs cannot name",
      "allowed: false, which keeps the database and has the service use PostgreSQL in the cluster",
    ],
  },
  {
    name: "a managed database without a word on who uses it",
    set: { "clusters/linode/databases": databases({}) },
    message: ["ai-platform:clusters.linode.databases.user-organization.managed", "found:   nothing"],
  },
  {
    name: "a managed database that no service uses",
    set: {
      "clusters/linode/databases": {
        "user-organisation": { managed: true, label: "aiaas-users", plan: "g6-dedicated-2" },
      },
    },
    message: [
      "ai-platform:clusters.linode.databases.user-organisation",
      "no service of this name uses a managed database; did you mean user-organization?",
    ],
  },
  {
    name: "a wrong type",
    set: { "clusters/aws/nodePools/general/maximum": "many" },
    message: [
      "ai-platform:clusters.aws.nodePools.general.maximum",
      'found:   "many"',
      "allowed: a whole number from 1 to 450",
      "example: 20",
    ],
  },
  {
    name: "a version that YAML took for a number",
    set: { "clusters/linode/cluster/version": 1.35 },
    message: ["ai-platform:clusters.linode.cluster.version", "found:   1.35", 'example: "1.35"'],
  },
  {
    name: "a minimum above the maximum",
    set: { "clusters/aws/nodePools/general/minimum": 21 },
    message: [
      "ai-platform:clusters.aws.nodePools.general.minimum",
      "found:   21",
      "problem: the minimum of 21 nodes is more than the maximum of 20",
    ],
  },
  {
    name: "a desired size below the minimum",
    set: { "clusters/aws/nodePools/general/desired": 4 },
    message: [
      "ai-platform:clusters.aws.nodePools.general.desired",
      "found:   4",
      "problem: 4 nodes are not between the minimum of 9 and the maximum of 20",
    ],
  },
  {
    name: "a desired size above the maximum",
    set: { "clusters/aws/nodePools/general/desired": 21 },
    message: ["problem: 21 nodes are not between the minimum of 9 and the maximum of 20"],
  },
  {
    name: "a minimum above the maximum on LKE",
    set: { "clusters/linode/nodePools/baseline-production/autoscaler/minimum": 11 },
    message: [
      "ai-platform:clusters.linode.nodePools.baseline-production.autoscaler.minimum",
      "problem: a minimum of 11 nodes is more than the maximum of 10 nodes",
    ],
  },
  {
    name: "an unknown instance type",
    set: { "clusters/aws/nodePools/general/instanceTypes/0": "m6i.2xlrge" },
    message: [
      "ai-platform:clusters.aws.nodePools.general.instanceTypes[0]",
      'found:   "m6i.2xlrge"',
      "among them m6i.2xlarge",
    ],
  },
  {
    name: "the Quadro RTX 6000 on LKE",
    set: { "clusters/linode/nodePools/gpu/plan": "g1-gpu-rtx6000-1" },
    message: [
      "ai-platform:clusters.linode.nodePools.gpu.plan",
      'found:   "g1-gpu-rtx6000-1"',
      "Akamai does not deploy the NVIDIA Quadro RTX 6000 within LKE",
      "RTX PRO 6000 Blackwell",
    ],
  },
  {
    name: "spot on LKE",
    set: { "clusters/linode/nodePools/baseline-production/spot": true },
    message: [
      "ai-platform:clusters.linode.nodePools.baseline-production.spot",
      "found:   true",
      "problem: LKE has no spot pools",
    ],
  },
  {
    name: "overlapping networks",
    set: { "clusters/aws/cluster/serviceCidr": "10.20.128.0/20" },
    message: [
      "ai-platform:clusters.aws.cluster.serviceCidr",
      'found:   "10.20.128.0/20"',
      "problem: 10.20.128.0/20 overlaps network.cidr 10.20.0.0/16",
    ],
  },
  {
    name: "a zone of another region",
    set: { "clusters/aws/network/zones/2": "us-west-2a" },
    message: [
      "ai-platform:clusters.aws.network.zones[2]",
      'found:   "us-west-2a"',
      "problem: us-west-2a is not a zone of us-east-1",
    ],
  },
  {
    name: "a cluster of a cloud that there is not",
    set: { "clusters/linode/cloud": "azure" },
    message: ["ai-platform:clusters.linode.cloud", 'found:   "azure"', "allowed: aws | linode | local"],
  },
  {
    name: "a cluster without its cloud",
    set: { "clusters/aws/cloud": undefined },
    message: ["ai-platform:clusters.aws.cloud", "found:   nothing", "allowed: aws | linode | local"],
  },
  {
    name: "a cluster's name that no output could begin with",
    set: { "clusters/EU_West": { cloud: "local", context: "eu" } },
    message: ["ai-platform:clusters.EU_West", 'found:   an entry of the name "EU_West"'],
  },
  {
    name: "a Kubernetes version out of support on LKE",
    set: { "clusters/linode/cluster/version": "1.33" },
    message: [
      "ai-platform:clusters.linode.cluster.version",
      "problem: support of Kubernetes 1.33 on LKE ended on 2026-06-28",
      'allowed: "1.35" | "1.36"',
    ],
  },
  {
    name: "a Kubernetes version that LKE never had",
    set: { "clusters/linode/cluster/version": "1.99" },
    message: ["problem: facts/linode-versions.ts does not know Kubernetes 1.99 on LKE"],
  },
  {
    name: "a bad bucket name on S3",
    set: { "clusters/aws/buckets/prefix": "Atlas_AI" },
    message: [
      "ai-platform:clusters.aws.buckets.prefix",
      'found:   "Atlas_AI"',
      "problem: a bucket's name has small letters, digits and single hyphens inside",
    ],
  },
  {
    name: "a bad bucket name on Linode",
    set: { "clusters/linode/objectStorage/buckets/state/label": "Not_A_Bucket" },
    message: [
      "ai-platform:clusters.linode.objectStorage.buckets.state.label",
      'found:   "Not_A_Bucket"',
      "problem: 3 to 63 lower-case letters",
    ],
  },
  {
    name: "a name of an entry that breaks the rule for names",
    set: {
      "clusters/aws/nodePools/Bad_Pool": {
        instanceTypes: ["m6i.2xlarge"],
        minimum: 1,
        desired: 1,
        maximum: 1,
      },
    },
    message: [
      "ai-platform:clusters.aws.nodePools.Bad_Pool",
      'found:   an entry of the name "Bad_Pool"',
      "allowed: a name: text that matches",
    ],
  },
];
