import { faultsOf, sound, withDatabase, withDns } from "../../test/support/config/linode-faults";
import { linodeSchema } from "./linode-schema";

const withPool = (pool: object): object => ({ ...sound, nodePools: { gpu: pool } });

const withCluster = (cluster: object): object => ({ ...sound, cluster: { ...sound.cluster, ...cluster } });

describe("a sound section", () => {
  it("is taken, with safe defaults", () => {
    expect(faultsOf(sound)).toEqual([]);
    expect(linodeSchema.parse(sound)).toMatchObject({
      cluster: { highAvailability: true, systemPool: { plan: "g6-standard-4", nodes: 3 } },
      databases: {},
      nodePools: { baseline: { labels: {}, taints: [] } },
    });
  });

  it("keeps false and an empty list as they are", () => {
    expect(linodeSchema.parse(withCluster({ highAvailability: false })).cluster).toMatchObject({
      highAvailability: false,
    });
    expect(linodeSchema.parse(withDns({ certificateAuthorities: [] })).dns?.certificateAuthorities).toEqual(
      [],
    );
    expect(
      linodeSchema.parse(withDatabase({ maintenance: { hour: 0 } })).databases.users?.maintenance.hour,
    ).toBe(0);
  });

  it("may refer to another stack's cluster (D3)", () => {
    expect(
      faultsOf({ cloud: "linode", region: "fr-par", cluster: { stack: "organization/ai-platform/prod" } }),
    ).toEqual([]);
  });
});

describe("node pools", () => {
  it.each([1, 2, 3, 4])("refuse the Quadro RTX 6000 with %i cards, and say what to take (D10)", (cards) => {
    const [fault, ...others] = faultsOf(withPool({ plan: `g1-gpu-rtx6000-${cards}`, nodes: 2 }));
    expect(others).toEqual([]);
    expect(fault).toMatch(
      /^nodePools\.gpu\.plan: Akamai does not deploy the NVIDIA Quadro RTX 6000 within LKE/,
    );
    expect(fault).toContain("g3-gpu-rtxpro6000-blackwell-1");
    expect(fault).toContain("g2-gpu-rtx4000a1-s");
    expect(fault).toContain("In fr-par there is: g2-gpu-rtx4000a1-s");
  });

  it("refuse it even where the stack says that the region has it", () => {
    const section = {
      ...withPool({ plan: "g1-gpu-rtx6000-1", nodes: 2 }),
      regionPlans: ["g1-gpu-rtx6000-1"],
    };
    expect(faultsOf(section)).toHaveLength(1);
  });

  it("refuse a plan that the region does not offer, until the stack says that it does (D10)", () => {
    const blackwell = withPool({ plan: "g3-gpu-rtxpro6000-blackwell-1", nodes: 2 });
    expect(faultsOf(blackwell)).toEqual([
      expect.stringMatching(
        /^nodePools\.gpu\.plan: fr-par does not offer the plan .*us-sea.*add it to regionPlans of the cluster$/,
      ),
    ]);
    expect(faultsOf({ ...blackwell, regionPlans: ["g3-gpu-rtxpro6000-blackwell-1"] })).toEqual([]);
    expect(faultsOf({ ...blackwell, region: "us-sea" })).toEqual([]);
    expect(faultsOf(withPool({ plan: "g2-gpu-rtx4000a1-m", nodes: 2 }))).toEqual([]);
    expect(faultsOf({ ...withPool({ plan: "g2-gpu-rtx4000a1-m", nodes: 2 }), region: "nl-ams" })).toEqual([
      expect.stringContaining("nl-ams has: no GPU plan"),
    ]);
  });

  it("are never spot (C4, D10)", () => {
    expect(faultsOf(withPool({ plan: "g6-standard-8", nodes: 2, spot: true }))).toEqual([
      expect.stringMatching(/^nodePools\.gpu\.spot: LKE has no spot pools/),
    ]);
    expect(faultsOf(withPool({ plan: "g6-standard-8", nodes: 2, spot: false }))).toEqual([]);
  });

  it("have bounds in order, with both numbers in the message", () => {
    const sized = (nodes: number | undefined, minimum: number, maximum: number) =>
      withPool({ plan: "g6-standard-8", nodes, autoscaler: { minimum, maximum } });
    expect(faultsOf(sized(undefined, 10, 3))).toEqual([
      "nodePools.gpu.autoscaler.minimum: a minimum of 10 nodes is more than the maximum of 3 nodes",
    ]);
    expect(faultsOf(sized(2, 3, 10))).toEqual([
      expect.stringMatching(/^nodePools\.gpu\.nodes: 2 nodes .* 3 .* 10 /),
    ]);
    expect(faultsOf(sized(11, 3, 10))).toEqual([expect.stringMatching(/^nodePools\.gpu\.nodes: 11 nodes /)]);
    expect(faultsOf(sized(3, 3, 3))).toEqual([]);
  });

  it.each([0, -1, 101, 2.5])("do not have %d nodes", (nodes) => {
    expect(faultsOf(withPool({ plan: "g6-standard-8", nodes }))).toEqual([
      expect.stringMatching(/^nodePools\.gpu\.nodes: /),
    ]);
  });

  it("need a number of nodes when nothing sizes them", () => {
    expect(faultsOf(withPool({ plan: "g6-standard-8" }))).toEqual([
      "nodePools.gpu.nodes: a pool without an autoscaler needs a number of nodes",
    ]);
  });

  it("do not grow beyond what a cluster takes, the system pool included", () => {
    const pools = (maximum: number) => ({
      ...sound,
      nodePools: {
        one: { plan: "g6-standard-8", autoscaler: { minimum: 1, maximum: 100 } },
        two: { plan: "g6-standard-8", autoscaler: { minimum: 1, maximum: 100 } },
        three: { plan: "g6-standard-8", autoscaler: { minimum: 1, maximum } },
      },
    });
    expect(faultsOf(pools(47))).toEqual([]);
    expect(faultsOf(pools(48))).toEqual([expect.stringMatching(/^nodePools: .* 251 nodes .* 250 nodes/)]);
  });

  it("keep out of the label domains that Linode keeps to itself", () => {
    const labelled = (labels: object) => faultsOf(withPool({ plan: "g6-standard-8", nodes: 1, labels }));
    expect(labelled({ "node.kubernetes.io/role": "gpu" })).toHaveLength(1);
    expect(labelled({ "lke.linode.com/pool": "gpu" })).toHaveLength(1);
    expect(labelled({ "workload-type": "" })).toHaveLength(1);
    expect(labelled({ "workload-type": "baseline", "example.com/tier": "gold" })).toEqual([]);
  });

  it("know every plan of the table and no other", () => {
    expect(faultsOf(withPool({ plan: "g6-standard-7", nodes: 1 }))).toEqual([
      expect.stringMatching(/^nodePools\.gpu\.plan: /),
    ]);
  });
});

describe("who owns the cluster (D3)", () => {
  it("owns its pools", () => {
    expect(
      faultsOf({
        cloud: "linode",
        region: "fr-par",
        cluster: { stack: "organization/ai-platform/prod" },
        nodePools: sound.nodePools,
      }),
    ).toEqual([
      expect.stringMatching(
        /^nodePools\.baseline: the cluster belongs to the stack organization\/ai-platform\/prod/,
      ),
    ]);
  });

  it("needs a pool, and does not name it system", () => {
    expect(faultsOf({ ...sound, nodePools: {} })).toEqual([
      expect.stringMatching(/^nodePools: .* at least one/),
    ]);
    expect(faultsOf({ ...sound, nodePools: { system: { plan: "g6-standard-8", nodes: 1 } } })).toEqual([
      expect.stringMatching(/^nodePools\.system: .* cluster\.systemPool/),
    ]);
  });

  it("is named in full", () => {
    expect(faultsOf({ cloud: "linode", region: "fr-par", cluster: { stack: "prod" } })).toEqual(
      expect.arrayContaining([expect.stringContaining("cluster.stack: organization/project/stack")]),
    );
  });
});

describe("the control plane", () => {
  it.each(["0.0.0.0/0", "::/0"])("is not open to %s", (range) => {
    expect(faultsOf(withCluster({ controlPlaneCidrs: [range] }))).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^cluster\.controlPlaneCidrs\.0: that is the whole Internet/),
      ]),
    );
  });

  it.each(["203.0.113.7", "203.0.113.7/24", "2001:db8::/129", "office"])(
    "does not take %s for a range",
    (range) => {
      expect(faultsOf(withCluster({ controlPlaneCidrs: [range] }))).toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^cluster\.controlPlaneCidrs\.0: not an address range/),
        ]),
      );
    },
  );

  it("is open to someone", () => {
    expect(faultsOf(withCluster({ controlPlaneCidrs: [] }))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^cluster\.controlPlaneCidrs: name at least/)]),
    );
  });

  it.each(["v1.35", "1.35.2", "2"])("does not take %s for a version", (version) => {
    expect(faultsOf(withCluster({ version }))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^cluster\.version: major and minor/)]),
    );
  });
});

it("reports everything that is wrong at once", () => {
  expect(
    faultsOf({
      ...withPool({ plan: "g1-gpu-rtx6000-1" }),
      objectStorage: { buckets: {}, keys: { velero: {} } },
      databases: { users: { managed: false, label: "aiaas-users", plan: "g6-standard-4", nodes: 2 } },
    }),
  ).toHaveLength(4);
});
