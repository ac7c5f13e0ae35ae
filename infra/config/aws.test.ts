import { lean, production } from "../../test/support/recorded/aws-platform";
import { eksVersionProblem } from "./aws-rules";
import { awsSchema } from "./aws-schema";

type Pool = Readonly<Record<string, unknown>>;

/** What the schema finds in a section, as `path: message`. */
function faultsOf(section: unknown): readonly string[] {
  return (awsSchema.safeParse(section).error?.issues ?? []).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );
}

/** The least section, with a second pool beside `general`. */
function withPool(pool: Pool) {
  return { ...lean, nodePools: { ...lean.nodePools, extra: pool } };
}

const sized = { minimum: 1, desired: 1, maximum: 3 };
const plain: Pool = { instanceTypes: ["m7i.xlarge", "m6i.xlarge"], ...sized };

test("a section with everything, and one with the least, are in order", () => {
  expect(faultsOf(production)).toEqual([]);
  expect(faultsOf(lean)).toEqual([]);
});

test("zero, false and empty are values, not defaults", () => {
  const config = awsSchema.parse({
    ...lean,
    network: { ...lean.network, interfaceEndpoints: [] },
    cluster: { ...lean.cluster, publicAccessCidrs: [] },
    nodePools: {
      ...lean.nodePools,
      idle: { ...plain, minimum: 0, desired: 0, onDemandPercent: 0, labels: { empty: "" } },
    },
  });
  expect(config.network.interfaceEndpoints).toEqual([]);
  expect(config.buckets.replicate).toBe(false);
  expect(config.nodePools.idle).toMatchObject({
    minimum: 0,
    desired: 0,
    onDemandPercent: 0,
    labels: { empty: "" },
  });
});

test("an unknown key is refused wherever it is", () => {
  expect(faultsOf({ ...lean, nodepools: {} })).toEqual([expect.stringContaining("nodepools")]);
  expect(faultsOf(withPool({ ...plain, spot: true }))).toEqual([expect.stringContaining("spot")]);
});

describe("sizes of a pool", () => {
  const sizes = (minimum: number, desired: number, maximum: number) =>
    faultsOf(withPool({ ...plain, minimum, desired, maximum }));

  test.each([
    [5, 3, 4, "minimum: the minimum of 5 nodes is more than the maximum of 4"],
    [5, 6, 4, "minimum: the minimum of 5 nodes is more than the maximum of 4"],
    [2, 5, 3, "desired: 5 nodes are not between the minimum of 2 and the maximum of 3"],
    [2, 1, 3, "desired: 1 nodes are not between the minimum of 2 and the maximum of 3"],
  ])("%i, %i, %i are out of order", (minimum, desired, maximum, message) => {
    expect(sizes(minimum, desired, maximum)).toEqual([expect.stringContaining(`nodePools.extra.${message}`)]);
  });

  test("may be equal, and a pool may be empty", () => {
    expect(sizes(3, 3, 3)).toEqual([]);
    expect(sizes(0, 0, 1)).toEqual([]);
  });

  test("leave room for both halves of a pool that is part spot", () => {
    expect(faultsOf(withPool({ ...plain, maximum: 1, onDemandPercent: 20 }))).toEqual([
      "nodePools.extra.maximum: of 1 nodes 20 % on-demand, rounded up, leaves none for spot; raise the maximum, or set onDemandPercent to 100",
    ]);
    expect(faultsOf(withPool({ ...plain, maximum: 2, onDemandPercent: 20 }))).toEqual([]);
  });
});

describe("instance types of a pool", () => {
  const types = (instanceTypes: readonly string[], rest: Pool = {}) =>
    faultsOf(withPool({ ...sized, instanceTypes, ...rest }));

  test("are known ones", () => {
    expect(types(["m99.huge"])).toEqual([expect.stringContaining("nodePools.extra.instanceTypes.0:")]);
  });

  test("are of one architecture", () => {
    expect(types(["m7i.xlarge", "m7g.xlarge"])).toEqual([
      "nodePools.extra.instanceTypes.1: m7g.xlarge is arm64, m7i.xlarge is x86_64; one image cannot run on both: make two pools",
    ]);
  });

  test("are of one size, with the same cards", () => {
    expect(types(["m7i.xlarge", "m7i.2xlarge"])).toEqual([
      "nodePools.extra.instanceTypes.1: m7i.2xlarge has 8 vCPU, 32 GiB and no GPU, m7i.xlarge has 4 vCPU, 16 GiB and no GPU; the autoscaler plans with one size for a pool",
    ]);
    expect(types(["g5.xlarge", "g6.xlarge"])).toEqual([expect.stringContaining("1 x L4")]);
  });

  test("are named once", () => {
    expect(types(["m7i.xlarge", "m7i.xlarge"])).toEqual([
      "nodePools.extra.instanceTypes.1: m7i.xlarge is there twice",
    ]);
  });

  test("are several where nodes are spot", () => {
    expect(types(["m7i.xlarge"], { onDemandPercent: 0 })).toEqual([
      expect.stringContaining(
        "nodePools.extra.instanceTypes: spot nodes of m7i.xlarge alone vanish together",
      ),
    ]);
    expect(types(["m7i.xlarge"], { onDemandPercent: 100 })).toEqual([]);
  });
});

describe("the image of a pool", () => {
  const image = (amiType: string, instanceTypes: readonly string[]) =>
    faultsOf(withPool({ ...sized, instanceTypes, amiType }));

  test("has a driver for the cards, and none where there are none", () => {
    expect(image("AL2023_x86_64_STANDARD", ["g5.4xlarge"])).toEqual([
      "nodePools.extra.amiType: AL2023_x86_64_STANDARD has no NVIDIA driver for the A10G of g5.4xlarge; AL2023_x86_64_NVIDIA or BOTTLEROCKET_x86_64_NVIDIA would do",
    ]);
    expect(image("AL2023_x86_64_NVIDIA", ["m7i.xlarge"])).toEqual([
      expect.stringContaining("is for GPUs, and m7i.xlarge has none"),
    ]);
    expect(image("BOTTLEROCKET_x86_64_NVIDIA", ["g4dn.2xlarge"])).toEqual([]);
  });

  test("is of the types' architecture", () => {
    expect(image("AL2023_ARM_64_STANDARD", ["m7i.xlarge"])).toEqual([
      expect.stringContaining("is for arm64, m7i.xlarge is x86_64"),
    ]);
  });
});

test("labels that the program derives are not contradicted", () => {
  expect(faultsOf(withPool({ ...plain, labels: { lifecycle: "spot" } }))).toEqual([
    expect.stringContaining("nodePools.extra.labels.lifecycle: spot contradicts onDemandPercent 100"),
  ]);
  expect(faultsOf(withPool({ ...plain, onDemandPercent: 0, labels: { lifecycle: "spot" } }))).toEqual([]);
  expect(faultsOf(withPool({ ...plain, labels: { accelerator: "nvidia-gpu" } }))).toEqual([
    expect.stringContaining("nodePools.extra.labels.accelerator: nvidia-gpu is not what m7i.xlarge has"),
  ]);
});

test("a pool keeps to the zones of the network", () => {
  expect(faultsOf(withPool({ ...plain, zones: ["us-east-1d"] }))).toEqual([
    "nodePools.extra.zones.0: us-east-1d is not among network.zones: us-east-1a, us-east-1b, us-east-1c",
  ]);
});

test("one pool takes the pods that tolerate nothing", () => {
  const { general, ...others } = production.nodePools;
  const tainted = { ...general, taints: [{ key: "dedicated", effect: "NoSchedule" }] };
  expect(faultsOf({ ...lean, nodePools: { general: tainted } })).toEqual([
    expect.stringContaining("nodePools: no pool is there for CoreDNS and the controllers"),
  ]);
  expect(faultsOf({ ...lean, nodePools: { "gpu-a10": others["gpu-a10"] } })).toEqual([
    expect.stringContaining("nodePools: no pool is there for CoreDNS"),
  ]);
});

test("no pool has the name that a half of another needs", () => {
  const nodePools = { ...lean.nodePools, ai: { ...plain, onDemandPercent: 20 }, "ai-spot": plain };
  expect(faultsOf({ ...lean, nodePools })).toEqual([
    "nodePools.ai-spot: the pool ai needs this name for one of its halves",
  ]);
});

describe("zones", () => {
  const zones = (...names: readonly string[]) =>
    faultsOf({ ...lean, network: { ...lean.network, zones: names } });

  test("are the region's, three and different", () => {
    expect(zones("us-east-1a", "us-east-1b", "us-west-2a")).toEqual([
      expect.stringContaining("network.zones.2: us-west-2a is not a zone of us-east-1"),
    ]);
    // Which zone a letter is differs by account: none is refused by its letter.
    expect(zones("us-east-1a", "us-east-1b", "us-east-1e")).toEqual([]);
    expect(zones("us-east-1a", "us-east-1b", "us-east-1b")).toEqual([
      expect.stringContaining("network.zones.2: us-east-1b is there twice"),
    ]);
    expect(zones("us-east-1a", "us-east-1b")).toEqual([
      expect.stringContaining("network.zones: three zones"),
    ]);
  });
});

describe("networks", () => {
  const network = (cidr: string) => faultsOf({ ...lean, network: { ...lean.network, cidr } });

  test.each([
    ["10.20.0.0/33", "10.20.0.0/33 is not an IPv4 network"],
    ["10.20.0.300/16", "10.20.0.300/16 is not an IPv4 network"],
    ["10.20.1.0/16", "10.20.1.0/16 is not an IPv4 network without host bits"],
    ["10.0.0.0/8", "a /8 does not suit the address plan"],
    ["10.20.0.0/24", "a /24 does not suit the address plan"],
  ])("%s: %s", (cidr, message) => {
    expect(network(cidr)).toEqual([expect.stringContaining(message)]);
  });

  test("hold the pools at their largest", () => {
    const pool = { ...lean.nodePools.general, maximum: 60 };
    const small = { ...lean.network, cidr: "10.20.0.0/20" };
    expect(faultsOf({ ...lean, network: small, nodePools: { general: pool } })).toEqual([
      "network.cidr: the pools at their maximum take up to 3600 addresses, the private subnets of 10.20.0.0/20 hold 3057; use a larger network, for example 10.20.0.0/16, or smaller pools",
    ]);
    expect(faultsOf({ ...lean, nodePools: { general: pool } })).toEqual([]);
  });

  test("of Services and of the VPC are apart", () => {
    expect(faultsOf({ ...lean, cluster: { ...lean.cluster, serviceCidr: "10.20.128.0/20" } })).toEqual([
      "cluster.serviceCidr: 10.20.128.0/20 overlaps network.cidr 10.20.0.0/16; choose apart, for example 172.20.0.0/16",
    ]);
    expect(faultsOf({ ...lean, cluster: { ...lean.cluster, serviceCidr: "172.20.0.0/25" } })).toEqual([
      expect.stringContaining("172.20.0.0/25 is not a network from /12 to /24"),
    ]);
  });
});

describe("access to the cluster", () => {
  const cluster = (changes: object) => faultsOf({ ...lean, cluster: { ...lean.cluster, ...changes } });

  test("is not open to the whole internet", () => {
    expect(cluster({ publicAccessCidrs: ["203.0.113.0/24", "0.0.0.0/0"] })).toEqual([
      expect.stringContaining(
        "cluster.publicAccessCidrs.1: 0.0.0.0/0 opens the API server to the whole internet",
      ),
    ]);
  });

  test("has an administrator, of this account", () => {
    expect(cluster({ administrators: [] })).toEqual([expect.stringContaining("at least one")]);
    expect(cluster({ administrators: ["arn:aws:iam::999999999999:role/other"] })).toEqual([
      expect.stringContaining("is of another account than 123456789012"),
    ]);
  });
});

describe("buckets", () => {
  const buckets = (changes: object) => faultsOf({ ...lean, buckets: { ...lean.buckets, ...changes } });

  test.each([
    ["Atlas_AI", "small letters, digits and single hyphens"],
    ["-atlas", "small letters, digits and single hyphens"],
    ["", "small letters, digits and single hyphens"],
    ["xn--atlas", "S3 keeps names that begin like xn--atlas to itself"],
    ["a".repeat(44), "44 characters are too many"],
  ])("%j is no prefix", (prefix, message) => {
    expect(buckets({ prefix })).toEqual([expect.stringContaining(message)]);
  });

  test("may have the longest prefix that S3 still takes", () => {
    const longest = "a".repeat(43);
    expect(buckets({ prefix: longest })).toEqual([]);
    expect(`${longest}-access-logs-replica`.length).toBeLessThanOrEqual(63);
  });

  test("cool down in order", () => {
    expect(buckets({ warmAfterDays: 60, coldAfterDays: 80 })).toEqual([
      expect.stringContaining("buckets.coldAfterDays: S3 keeps an object at least 30 days in the warm tier"),
    ]);
    expect(buckets({ warmAfterDays: 60, coldAfterDays: 90 })).toEqual([]);
  });

  test("are not copied to where they are already", () => {
    expect(faultsOf({ ...lean, replicaRegion: "us-east-1", buckets: { prefix: "atlas-ai" } })).toEqual([
      expect.stringContaining("replicaRegion: copies in us-east-1 would be lost together with us-east-1"),
    ]);
    expect(faultsOf({ ...lean, replicaRegion: "us-east-1" })).toEqual([]);
  });
});

test("an edge needs a zone, and a name in it", () => {
  const edge = { hostName: "cdn.atlas-financial.com" };
  expect(faultsOf({ ...lean, edge })).toEqual([
    expect.stringContaining("edge: cdn.atlas-financial.com needs a"),
  ]);
  expect(faultsOf({ ...lean, edge, dns: { zone: "financial.com" } })).toEqual([
    "edge.hostName: cdn.atlas-financial.com is not in dns.zone financial.com; for example cdn.financial.com",
  ]);
  expect(faultsOf({ ...lean, edge, dns: { zone: "atlas-financial.com" } })).toEqual([]);
});

test("a Kubernetes version may be used until the day on which its standard support ends", () => {
  expect(eksVersionProblem("1.34", new Date("2026-12-01T23:59:59Z"))).toBeUndefined();
  expect(eksVersionProblem("1.34", new Date("2026-12-02T00:00:00Z"))).toBe(
    'EKS ended standard support of Kubernetes 1.34 on 2026-12-02; supported: "1.35" until 2027-03-27',
  );
  expect(eksVersionProblem("1.35", new Date("2030-01-01T00:00:00Z"))).toContain("none in facts/aws-eks.ts");
});
