import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { systems } from "../../apps/registry";
import { awsSchema } from "./aws-schema";
import { cloudsVariable, loadStackConfig } from "./load";

type Tree = { [key: string]: Tree } | readonly Tree[] | string | number | boolean;

const today = new Date("2026-11-20");

/** The configuration of a stack file, without Pulumi's own keys and the secrets that only the real stack can read. */
function stackFile(stack: string): Record<string, Tree> {
  const { config } = parse(readFileSync(join(__dirname, `../../Pulumi.${stack}.yaml`), "utf8"));
  return Object.fromEntries(
    Object.entries<Tree>(config).filter(
      ([key]) => key.startsWith("ai-platform:") && key !== "ai-platform:secrets",
    ),
  );
}

/** A configuration with one value changed; undefined takes it away. */
function withValue(tree: Tree, [step, ...rest]: readonly string[], value: Tree | undefined): Tree {
  if (step === undefined) return value ?? {};
  if (Array.isArray(tree)) {
    return tree.map((item, index) => (String(index) === step ? withValue(item, rest, value) : item));
  }
  const entries = Object.entries(typeof tree === "object" ? tree : {});
  const others = entries.filter(([key]) => key !== step);
  if (rest.length === 0 && value === undefined) return Object.fromEntries(others);
  const current = entries.find(([key]) => key === step)?.[1] ?? {};
  return Object.fromEntries([...others, [step, withValue(current, rest, value)]]);
}

interface Change {
  readonly stack?: string;
  /** Keys below `ai-platform:`, each with steps joined by `/`. */
  readonly set: Readonly<Record<string, Tree | undefined>>;
  readonly token?: boolean;
  readonly on?: Date;
  /** @default true */
  readonly simulated?: boolean;
}

function load({ stack = "prod", set, token = true, on = today, simulated = true }: Change) {
  process.env[cloudsVariable] = simulated ? "simulated" : "";
  const changed = Object.entries(set).reduce<Tree>(
    (tree, [path, value]) => withValue(tree, `ai-platform:${path}`.split("/"), value),
    stackFile(stack),
  );
  const texts = Object.entries(changed).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  void pulumi.runtime.setMocks(
    { call: () => ({}), newResource: () => ({ id: "", state: {} }) },
    "ai-platform",
    stack,
  );
  pulumi.runtime.setAllConfig(
    Object.fromEntries(token ? [...texts, ["linode:token", "token-of-the-test"]] : texts),
    ["linode:token"],
  );
  return loadStackConfig(systems, [], on);
}

/** A managed database of the one service that can use one. */
function databases(settings: Tree): Tree {
  const complete = { label: "aiaas-users", plan: "g6-dedicated-2" };
  return { "user-organization": typeof settings === "object" ? { ...complete, ...settings } : complete };
}

/** The message that a person sees. */
function refusal(change: Change): string {
  try {
    load(change);
  } catch (error) {
    if (!pulumi.RunError.isInstance(error)) throw error;
    return error.message;
  }
  throw new Error("the configuration was accepted");
}

beforeEach(() => {
  delete process.env.LINODE_TOKEN;
});

test.each(["dev", "staging", "prod"])("the %s stack's file is sound", (stack) => {
  expect(() => load({ stack, set: {} })).not.toThrow();
});

test("zero, false and empty are values, not defaults", () => {
  const { clusters, protectData, tags } = load({
    set: {
      protectData: false,
      tags: {},
      "clusters/aws/nodePools/ai-spot-workers/minimum": 0,
      "clusters/aws/cluster/publicAccessCidrs": [],
      "clusters/aws/network/interfaceEndpoints": [],
      "clusters/aws/buckets/replicate": false,
    },
  });
  expect({ protectData, tags }).toEqual({ protectData: false, tags: {} });
  const aws = awsSchema.parse(clusters.aws);
  expect(aws.nodePools["ai-spot-workers"]).toMatchObject({ minimum: 0, onDemandPercent: 0 });
  expect(aws.cluster.publicAccessCidrs).toEqual([]);
  expect(aws.network.interfaceEndpoints).toEqual([]);
  expect(aws.buckets.replicate).toBe(false);
});

describe("a fault says its key, what was found, what is allowed, and an example", () => {
  const cases: readonly (Change & { readonly name: string; readonly message: readonly string[] })[] = [
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
      name: "the size of a workload that there is not",
      set: { sizes: { "ai-engin": { minimum: 5 } } },
      message: ["ai-platform:sizes.ai-engin", "no workload is called ai-engin", '"ai-engine"'],
    },
    {
      name: "the image of a workload that the system does not have",
      set: { "systems/atlas/images/of": { "api-router": "registry.example.com/api-router:v1" } },
      message: ["ai-platform:systems.atlas.images.of.api-router", "no workload is called api-router"],
    },
    {
      name: "a place in Harbor without a project",
      set: { "systems/atlas/images": { registry: "registry.atlas-financial.com" } },
      message: [
        "ai-platform:systems.atlas.images.registry",
        "Harbor keeps every image in a project",
        'example: "registry.atlas-financial.com/atlas"',
      ],
    },
    {
      name: "an image in Harbor without a project",
      set: { "systems/atlas/images/of": { "ai-engine": "registry.atlas-financial.com/ai-engine:v1" } },
      message: [
        "ai-platform:systems.atlas.images.of.ai-engine",
        'example: "registry.atlas-financial.com/atlas/ai-engine:v1"',
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
      name: "an unknown section",
      set: { sytems: {} },
      message: ["ai-platform:sytems", "found:   an unknown key; did you mean systems?"],
    },
    {
      name: "a missing key",
      set: { environment: undefined },
      message: [
        "ai-platform:environment",
        "found:   nothing",
        "allowed: development | staging | production",
        'example: "production"',
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
      name: "a GPU workload on a pool without GPUs",
      set: { "systems/atlas/gpuPool": "general" },
      message: [
        "ai-platform:systems.atlas.gpuPool",
        'found:   "general"',
        "problem: the nodes of this pool have no GPUs, so the GPU workloads of the system would wait for ever",
        "allowed: gpu-a10",
        'example: "gpu-a10"',
      ],
    },
    {
      name: "a GPU workload on a pool that is not there",
      set: { "systems/aiaas/gpuPool": "gpus" },
      message: [
        "ai-platform:systems.aiaas.gpuPool",
        "problem: the cluster linode has no pool of this name; it has baseline-production, baseline-staging, gpu",
        "allowed: gpu",
      ],
    },
    {
      name: "a GPU workload on a local cluster without GPUs",
      stack: "dev",
      set: { "systems/market-research/gpuPool": "default" },
      message: [
        "ai-platform:systems.market-research.gpuPool",
        "allowed: none: no pool of the cluster has GPUs; leave the key out",
      ],
    },
    {
      name: "training on a pool without GPUs",
      set: { "systems/market-research/trainingPool": "general" },
      message: ["ai-platform:systems.market-research.trainingPool", 'found:   "general"', "allowed: gpu-a10"],
    },
    {
      name: "a GPU workload on a cluster that another stack owns",
      stack: "staging",
      set: { "systems/aiaas/gpuPool": "gpu" },
      message: [
        "ai-platform:systems.aiaas.gpuPool",
        "problem: the cluster and its pools belong to the stack organization/ai-platform/prod",
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
      name: "placement on a cluster that the stack lacks",
      set: { "systems/ai-middleware/cluster": "local" },
      message: [
        "ai-platform:systems.ai-middleware.cluster",
        'found:   "local"',
        "problem: the stack has no cluster of this name",
        "allowed: aws | linode",
        'example: "aws"',
      ],
    },
    {
      name: "a stack without any cluster",
      stack: "dev",
      set: { clusters: undefined },
      message: ["ai-platform:clusters", "found:   nothing", 'example: {"local":{"cloud":"local"'],
    },
    {
      name: "a stack with an empty list of clusters",
      stack: "dev",
      set: { clusters: {} },
      message: [
        "ai-platform:clusters",
        "found:   no cluster for any system",
        "allowed: at least one cluster",
      ],
    },
    {
      name: "a cluster whose name is misspelt",
      set: { "systems/aiaas/cluster": "lindoe" },
      message: [
        "ai-platform:systems.aiaas.cluster",
        "problem: the stack has no cluster of this name; did you mean linode?",
        'example: "linode"',
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
      name: "a Kubernetes version out of support on EKS",
      stack: "staging",
      on: new Date("2027-03-28"),
      set: {},
      message: [
        "ai-platform:clusters.aws.cluster.version",
        'found:   "1.35"',
        "problem: EKS ended standard support of Kubernetes 1.35 on 2027-03-27",
      ],
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
      name: "a missing secret",
      token: false,
      set: {},
      message: [
        "ai-platform:clusters.linode",
        "found:   no token for Linode's API",
        "problem: the cluster needs the secret linode:token of the stack, or LINODE_TOKEN in the environment",
        "example: pulumi config set --secret linode:token",
      ],
    },
    {
      name: "sharing a cluster that another stack owns",
      stack: "staging",
      set: { "systems/aiaas/sharedWith": ["development"] },
      message: [
        "ai-platform:systems.aiaas.sharedWith",
        "problem: the cluster belongs to the stack organization/ai-platform/prod; only that one may share it",
      ],
    },
    {
      name: "sharing a cluster with oneself",
      set: { "systems/aiaas/sharedWith": ["staging", "production"] },
      message: ["ai-platform:systems.aiaas.sharedWith[1]", "problem: this is the stack's own environment"],
    },
    {
      name: "production whose alerts reach nobody",
      set: { "platform/alerts": undefined },
      message: [
        "ai-platform:platform.alerts",
        "found:   nothing",
        "problem: production's alerts would not be sent to anyone",
        "example: { critical: { type: pagerduty }, warning: { type: slack }, watchdog: { type: webhook }",
      ],
    },
    {
      name: "alerts to a kind of service that nobody knows",
      set: { "platform/alerts/critical/type": "pager" },
      message: [
        "ai-platform:platform.alerts.critical.type",
        'found:   "pager"',
        "allowed: pagerduty | slack | msteams | webhook",
      ],
    },
    {
      name: "GitOps without a repository",
      set: { "platform/gitops": undefined, "systems/atlas/delivery": "gitops" },
      message: [
        "ai-platform:systems.atlas.delivery",
        "problem: platform.gitops does not say which repository Argo CD reads",
        "allowed: program, or the key left out",
      ],
    },
    {
      name: "GitOps without Argo CD",
      set: { "platform/without": ["gitops"], "systems/aiaas/delivery": "gitops" },
      message: [
        "ai-platform:systems.aiaas.delivery",
        "problem: the stack does without Argo CD: platform.without names gitops",
      ],
    },
    {
      name: "a repository that is not reached by https",
      set: { "platform/gitops/repository": "git@github.com:atlas-financial/infrastructure.git" },
      message: ["ai-platform:platform.gitops.repository", "https://"],
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
    {
      name: "a tag that the program sets itself",
      set: { "tags/stack": "other" },
      message: [
        "ai-platform:tags.stack",
        "problem: the program sets the tags project, stack, environment, managed-by itself",
      ],
    },
  ];

  test.each(cases)("$name", ({ message, ...change }) => {
    const text = refusal(change);
    expect(text).toMatch(new RegExp(`^1 fault in Pulumi\\.${change.stack ?? "prod"}\\.yaml\\.`));
    for (const part of message) expect(text).toContain(part);
  });
});

test("a stack that only shares another's cluster needs no token", () => {
  expect(() => load({ stack: "staging", token: false, set: {} })).not.toThrow();
});

test("a token in the environment is as good as one in the stack", () => {
  process.env.LINODE_TOKEN = "token-of-the-test";
  expect(() => load({ token: false, set: {} })).not.toThrow();
});

test("all faults come at once, whichever sections they are in", () => {
  const text = refusal({
    set: {
      "clusters/aws/nodePools/general/colour": "blue",
      "clusters/aws/network/zones/0": "us-west-2a",
      "clusters/aws/nodePools/general/minimum": 30,
      "clusters/linode/region": "atlantis",
      "systems/ai-middleware/cluster": "local",
      environment: "prod",
    },
    token: false,
  });
  expect(text).toMatch(/^7 faults in Pulumi\.prod\.yaml\. Nothing was changed\./);
  expect(
    text
      .match(/^ {2}ai-platform:.*$/gm)
      ?.map((line) => line.trim())
      .sort(),
  ).toEqual([
    "ai-platform:clusters.aws.network.zones[0]",
    "ai-platform:clusters.aws.nodePools.general.colour",
    "ai-platform:clusters.aws.nodePools.general.minimum",
    "ai-platform:clusters.linode",
    "ai-platform:clusters.linode.region",
    "ai-platform:environment",
    "ai-platform:systems.ai-middleware.cluster",
  ]);
});

/** The keys of a refusal's faults, sorted. */
function faultyKeys(change: Change): readonly string[] {
  const keys = [...refusal(change).matchAll(/^ {2}ai-platform:(.*)$/gm)].map(([, key]) => key ?? "");
  return keys.sort();
}

describe("a value of a wrong type hides no check that it has no part in", () => {
  test.each<{ name: string; set: Change["set"]; keys: readonly string[] }>([
    {
      name: "of another pool",
      set: {
        "clusters/aws/nodePools/general/maximum": "many",
        "clusters/aws/nodePools/data-storage/minimum": 9,
      },
      keys: ["clusters.aws.nodePools.data-storage.minimum", "clusters.aws.nodePools.general.maximum"],
    },
    {
      name: "of the same section",
      set: { "clusters/aws/nodePools/general/maximum": "many", "clusters/aws/network/zones/0": "us-west-2a" },
      keys: ["clusters.aws.network.zones[0]", "clusters.aws.nodePools.general.maximum"],
    },
    {
      name: "of a rule that crosses sections",
      set: { "clusters/aws/nodePools/general/maximum": "many", "systems/atlas/gpuPool": "general" },
      keys: ["clusters.aws.nodePools.general.maximum", "systems.atlas.gpuPool"],
    },
    {
      name: "when several values are wrong, one of them missing",
      set: {
        "clusters/aws/nodePools/general/maximum": "many",
        "clusters/aws/nodePools/data-storage/minimum": undefined,
        "clusters/aws/buckets/replicate": "yes",
        "clusters/aws/cluster/serviceCidr": "10.20.128.0/20",
      },
      keys: [
        "clusters.aws.buckets.replicate",
        "clusters.aws.cluster.serviceCidr",
        "clusters.aws.nodePools.data-storage.minimum",
        "clusters.aws.nodePools.general.maximum",
      ],
    },
    {
      name: "of a system beside it",
      set: { "systems/aiaas/cluster": 7, "systems/ai-middleware/cluster": "local" },
      keys: ["systems.ai-middleware.cluster", "systems.aiaas.cluster"],
    },
    {
      name: "of a cluster of Linode",
      set: { "clusters/linode/nodePools/gpu/count": "two", "clusters/linode/cluster/version": "1.33" },
      keys: ["clusters.linode.cluster.version", "clusters.linode.nodePools.gpu.count"],
    },
  ])("$name", ({ set, keys }) => {
    expect(faultyKeys({ set })).toEqual(keys);
  });
});

describe("a value of a wrong type makes no fault of what would be sound beside the right one", () => {
  test.each<{ name: string; set: Change["set"] }>([
    {
      name: "the other bound",
      set: { "clusters/aws/nodePools/general/maximum": "many", "clusters/aws/nodePools/general/minimum": 30 },
    },
    {
      name: "a size between the bounds",
      set: { "clusters/aws/nodePools/general/minimum": "few", "clusters/aws/nodePools/general/desired": 1 },
    },
    { name: "a network that must not overlap it", set: { "clusters/aws/network/cidr": 10 } },
    { name: "a zone of the region", set: { "clusters/aws/region": "us-est-1" } },
    { name: "a pool that a system names", set: { "clusters/linode/nodePools/gpu/plan": "gpu" } },
    { name: "environments that it may be", set: { environment: "prod" } },
    { name: "whoever names the section", set: { "clusters/linode/nodePools": 3 } },
  ])("$name", ({ set }) => {
    expect(faultyKeys({ set })).toHaveLength(1);
  });
});

test("of a union only the likeliest way of writing is explained", () => {
  const text = refusal({ stack: "staging", set: { "clusters/linode/cluster/stack": "prod" } });
  expect(text).toContain("ai-platform:clusters.linode.cluster.stack");
  expect(text).not.toContain("controlPlaneCidrs");
});

test("what stands at an unknown key is never shown: it may be a secret in the wrong place", () => {
  const text = refusal({ set: { "clusters/linode/apiToken": "hunter2", password: "hunter2" } });
  expect(text).toContain("ai-platform:clusters.linode.apiToken");
  expect(text).not.toContain("hunter2");
});

describe("a managed database (C12)", () => {
  const fixed = {
    "clusters/linode/nodePools/baseline-production": { plan: "g6-standard-8", nodes: 3 },
    "clusters/linode/nodePools/baseline-staging": { plan: "g6-standard-8", nodes: 3 },
  };

  test("is reached from pools of fixed size, whose addresses are named", () => {
    const named = databases({ managed: true, clientCidrs: ["172.105.64.11/32"] });
    expect(() => load({ set: { ...fixed, "clusters/linode/databases": named } })).not.toThrow();
    expect(
      faultyKeys({ set: { ...fixed, "clusters/linode/databases": databases({ managed: true }) } }),
    ).toEqual(["clusters.linode.databases.user-organization.clientCidrs"]);
  });

  test("is not reached from nodes of another stack, nor from another cloud", () => {
    const named = databases({ managed: true, clientCidrs: ["172.105.64.11/32"] });
    expect(faultyKeys({ stack: "staging", set: { "clusters/linode/databases": named } })).toEqual([
      "clusters.linode.databases.user-organization.managed",
    ]);
    expect(
      faultyKeys({
        set: { ...fixed, "clusters/linode/databases": named, "systems/aiaas": { cluster: "aws" } },
      }),
    ).toContain("clusters.linode.databases.user-organization.managed");
  });

  test("may be kept for its data while no service uses it", () => {
    expect(() => load({ set: { "clusters/linode/databases": databases({ managed: false }) } })).not.toThrow();
  });
});

describe("where real clouds are meant", () => {
  test("every placeholder of a stack is refused at once, defaults among them, with what belongs there", () => {
    expect(faultyKeys({ simulated: false, set: {} })).toEqual([
      "clusters.aws.accountId",
      "clusters.aws.cluster.administrators[0]",
      "clusters.aws.cluster.publicAccessCidrs[0]",
      "clusters.linode.cluster.controlPlaneCidrs[0]",
      "clusters.linode.dns.contact",
      "clusters.linode.dns.domain",
      "systems.ai-middleware.host",
      "systems.ai-middleware.images.registry",
      "systems.aiaas.host",
      "systems.aiaas.images.registry",
      "systems.market-research.host",
      "systems.market-research.images.registry",
    ]);
    const text = refusal({ simulated: false, set: {} });
    expect(text).toContain(
      `  ai-platform:clusters.aws.accountId
    found:   "123456789012"
    problem: an account of AWS's documentation
    allowed: the account that the stack belongs to
    example: aws sts get-caller-identity --query Account --output text`,
    );
  });

  test("in whatever key one stands", () => {
    const refused = faultyKeys({
      simulated: false,
      set: {
        "clusters/aws/edge/hostName": "ai.example.org",
        "platform/mirror": { images: "registry.example.com/mirror" },
        "systems/atlas/images/of": { "ai-engine": "registry.example.com/ai-engine:v1" },
      },
    });
    expect(refused).toEqual(
      expect.arrayContaining([
        "clusters.aws.edge.hostName",
        "platform.mirror.images",
        "systems.atlas.images.of.ai-engine",
      ]),
    );
  });

  test("a stack of nothing but a local cluster may have them", () => {
    expect(() => load({ stack: "dev", simulated: false, set: {} })).not.toThrow();
  });
});

describe("several clusters of one cloud", () => {
  const clusters = stackFile("prod")["ai-platform:clusters"] ?? {};
  const copyOf = (name: string): Tree =>
    Object.entries(clusters).find(([cluster]) => cluster === name)?.[1] ?? {};

  test("do not take each other's names, networks and accounts", () => {
    const set = {
      "clusters/eu": copyOf("aws"),
      "clusters/eu/accountId": "210987654321",
      "clusters/eu/cluster/administrators": ["arn:aws:iam::210987654321:role/platform-admin"],
    };
    expect(faultyKeys({ set })).toEqual([
      "clusters.eu.accountId",
      "clusters.eu.buckets.prefix",
      "clusters.eu.cluster.name",
      "clusters.eu.dns.zone",
      "clusters.eu.edge.hostName",
      "clusters.eu.edge.hostName",
      "clusters.eu.network.cidr",
    ]);
    expect(refusal({ set })).toContain(`  ai-platform:clusters.eu.network.cidr
    found:   "10.20.0.0/16"
    problem: 10.20.0.0/16 overlaps 10.20.0.0/16, the network of the cluster aws: the two could never be joined
    allowed: a network that overlaps no other cluster's
    example: "10.21.0.0/16"`);
    expect(faultyKeys({ set: { "clusters/second": copyOf("linode") } })).toEqual([
      "clusters.second.cluster.name",
      "clusters.second.dns.domain",
      "clusters.second.objectStorage.buckets.backups.label",
      "clusters.second.objectStorage.buckets.exports.label",
      "clusters.second.objectStorage.buckets.state.label",
      "clusters.second.objectStorage.buckets.telemetry.label",
    ]);
  });

  test("are told apart by name, so that no name is half another's with a pool", () => {
    const pool = { instanceTypes: ["m6i.2xlarge"], minimum: 1, desired: 1, maximum: 2 };
    const text = refusal({
      set: {
        "clusters/aws-eu": copyOf("aws"),
        "clusters/aws-eu/nodePools": { spare: pool },
        "clusters/aws/nodePools/eu-spare": pool,
      },
    });
    expect(text).toContain("has this name of cluster and pool together already");
  });

  test("of another stack are told apart, too", () => {
    const shared = copyOf("linode");
    const set = (cluster: Tree) => ({
      "clusters/linode": { cloud: "linode", region: "fr-par", cluster },
      "clusters/other": { cloud: "linode", region: "fr-par", cluster },
    });
    const stack = "organization/ai-platform/prod";
    expect(shared).not.toEqual({});
    expect(faultyKeys({ stack: "staging", set: set({ stack, name: "linode" }) })).toEqual([
      "clusters.other.cluster.stack",
    ]);
    expect(() => load({ stack: "staging", set: set({ stack }) })).not.toThrow();
  });
});

describe("a section of the form before clusters had names", () => {
  const old = (stack: string, cloud: string): Change => {
    const clusters = stackFile(stack)["ai-platform:clusters"] ?? {};
    const found = Object.entries(clusters).find(([name]) => name === cloud)?.[1] ?? {};
    return {
      stack,
      set: { [`clusters/${cloud}`]: undefined, [cloud]: withValue(found, ["cloud"], undefined) },
    };
  };

  test("is told where its keys belong, and nothing else that would follow from it", () => {
    expect(faultyKeys(old("prod", "aws"))).toEqual(["aws"]);
    expect(refusal(old("dev", "local"))).toBe(`1 fault in Pulumi.dev.yaml. Nothing was changed.

  ai-platform:local
    found:   a section for the cloud
    problem: clusters have names, and a stack any number of them; called by its cloud as before, this one keeps its resources
    allowed: its keys below ai-platform:clusters.local, with \`cloud: local\`
    example: ai-platform:clusters: { local: { cloud: local, context: ... } }`);
  });

  test("has its other faults told by the keys that it is to have", () => {
    const { stack, set } = old("prod", "linode");
    expect(faultyKeys({ ...(stack && { stack }), set: { ...set, "linode/region": "atlantis" } })).toEqual([
      "clusters.linode.region",
      "linode",
    ]);
  });
});
