import { clustersOf } from "../../estimate/pools";
import { cloudsOf } from "../../model/clouds";
import { Plan } from "../../model/plan";
import { groundsOf } from "../../proofs/networks/ground";
import { type Recorded, recordChanged, reviewedPlan } from "../golden/plan";

const pool = { instanceTypes: ["m6i.2xlarge"], minimum: 3, desired: 3, maximum: 4 };

/** Production with a second cluster on each cloud, and a system on each of them. */
const changes: Readonly<Record<string, unknown>> = {
  "clusters/eu": {
    cloud: "aws",
    accountId: "123456789012",
    region: "eu-west-1",
    replicaRegion: "eu-central-1",
    network: { cidr: "10.40.0.0/16", zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] },
    cluster: {
      name: "research-prod",
      version: "1.35",
      administrators: ["arn:aws:iam::123456789012:role/platform-admin"],
    },
    nodePools: { general: pool, "data-storage": pool },
    buckets: { prefix: "research" },
  },
  "clusters/linode-two": {
    cloud: "linode",
    region: "fr-par",
    cluster: { name: "middleware-prod", version: "1.35", controlPlaneCidrs: ["203.0.113.0/24"] },
    nodePools: { baseline: { plan: "g6-standard-8", nodes: 4 } },
    objectStorage: {
      buckets: { backups: { label: "middleware-backups" } },
      keys: { backups: { backups: "read_write" } },
    },
  },
  "systems/market-research": { cluster: "eu" },
  "systems/ai-middleware": { cluster: "linode-two" },
};

let recorded: Recorded;

beforeAll(async () => {
  recorded = await recordChanged("prod", changes);
}, 120_000);

const nameOf = ({ type, name }: { readonly type: string; readonly name: string }) => `${type} ${name}`;

/** Values that several have. */
function doubled(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

/** What a cloud or a cluster calls a resource, with all that tells it apart from others of its type. */
function physicalName({ type, inputs, options }: Recorded["resources"][number]): readonly string[] {
  if (!/^(aws|linode):/.test(type)) return [];
  const { name, bucket, label, domain } = Object(inputs);
  const called = [name, bucket, label, ...(type.startsWith("linode:") ? [domain] : [])].find(
    (text) => typeof text === "string" && text !== "",
  );
  return called === undefined ? [] : [[type, options.provider, called].join(" ")];
}

test("no two resources have one name, in the program or in a cloud", () => {
  expect(doubled(recorded.resources.map(nameOf))).toEqual([]);
  const named = recorded.resources.filter(({ type }) => !/(bucket\w+|record|domainRecord):/i.test(type));
  expect(doubled(named.flatMap(physicalName))).toEqual([]);
});

test("each cluster is of its cloud, with what it has there, and outputs of its own", () => {
  const plan = Plan.of("prod", recorded.resources);
  expect(Object.fromEntries(cloudsOf(plan))).toEqual({
    aws: "aws",
    linode: "linode",
    eu: "aws",
    "linode-two": "linode",
  });
  expect(Object.fromEntries([...groundsOf(plan)].map(([name, { plugin }]) => [name, plugin]))).toEqual({
    aws: "vpc-cni",
    linode: "after-translation",
    eu: "vpc-cni",
    "linode-two": "after-translation",
  });
  const planned = clustersOf(plan).map(({ provider, name, pools }) => [provider, [name, pools.length]]);
  expect(Object.fromEntries(planned)).toEqual({
    "aws-kubernetes": ["atlas-prod", expect.any(Number)],
    "linode-kubernetes": ["aiaas-prod", 4],
    "eu-kubernetes": ["research-prod", expect.any(Number)],
    "linode-two-kubernetes": ["middleware-prod", 2],
  });
  expect(Object.keys(Object(recorded.outputs))).toEqual(
    expect.arrayContaining(["awsKubeconfig", "euKubeconfig", "linodeKubeconfig", "linodeTwoKubeconfig"]),
  );
});

test("a system's objects are on its cluster, and on no other", () => {
  const placesOf = (component: string) => {
    const parents = new Map(
      recorded.resources.map((one) => [`${one.type}::${one.name}`, one.options.parent]),
    );
    const isWithin = (urn: unknown): boolean =>
      typeof urn === "string" && (urn === component || isWithin(parents.get(urn)));
    const providers = recorded.resources
      .filter((one) => one.type.startsWith("kubernetes:") && isWithin(`${one.type}::${one.name}`))
      .map(({ options }) => String(options.provider).split("::").at(-1));
    return [...new Set(providers)];
  };
  expect(placesOf("ai-platform:apps:MarketResearch::market-research")).toEqual(["eu-kubernetes"]);
  expect(placesOf("ai-platform:apps:AiMiddleware::ai-middleware")).toEqual(["linode-two-kubernetes"]);
  expect(placesOf("ai-platform:apps:Atlas::atlas")).toEqual(["aws-kubernetes"]);
});

test("what was there stays as it was reviewed: the cloud of a cluster knows nothing of others", () => {
  const now = new Map(recorded.resources.map((one) => [nameOf(one), JSON.stringify(one.inputs)]));
  const before = [...reviewedPlan("prod").values()]
    .map((text) => JSON.parse(text))
    .filter(({ type, name }) => type !== undefined && /^linode:/.test(type) && name.startsWith("linode-"));
  expect(before.length).toBeGreaterThan(10);
  expect(before.filter((one) => now.get(nameOf(one)) !== JSON.stringify(one.inputs)).map(nameOf)).toEqual([]);
});
