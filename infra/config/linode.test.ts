import type { z } from "zod";
import { linodeSchema } from "./linode-schema";

type Input = z.input<typeof linodeSchema>;

const sound = {
  cloud: "linode",
  region: "fr-par",
  cluster: { name: "aiaas-prod", version: "1.35", controlPlaneCidrs: ["203.0.113.0/24"] },
  nodePools: { baseline: { plan: "g6-standard-8", autoscaler: { minimum: 3, maximum: 10 } } },
} as const satisfies Input;

/** Faults as `path: message`. */
function faultsOf(section: unknown): readonly string[] {
  const { error } = linodeSchema.safeParse(section);
  return (error?.issues ?? []).flatMap((issue) =>
    (issue.code === "invalid_union" ? issue.errors.flat() : [issue]).map(
      (inner) => `${[...issue.path, ...(inner === issue ? [] : inner.path)].join(".")}: ${inner.message}`,
    ),
  );
}

const withPool = (pool: object): object => ({ ...sound, nodePools: { gpu: pool } });
const withCluster = (cluster: object): object => ({ ...sound, cluster: { ...sound.cluster, ...cluster } });
const withStorage = (objectStorage: object): object => ({ ...sound, objectStorage });
const withDatabase = (database: object): object => ({
  ...sound,
  databases: { users: { managed: false, label: "aiaas-users", plan: "g6-dedicated-2", ...database } },
});
const withDns = (dns: object): object => ({
  ...sound,
  dns: { domain: "aiaas.example.com", contact: "platform@example.com", ...dns },
});

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

describe("object storage (C8)", () => {
  const bucket = (label: string) => withStorage({ buckets: { backups: { label } } });

  it.each(["ab", "Backups", "aiaas.backups", "-backups", "backups-", "a--b", "a".repeat(64)])(
    "refuses the bucket name %s",
    (label) => {
      expect(faultsOf(bucket(label))).toEqual([
        expect.stringMatching(/^objectStorage\.buckets\.backups\.label: 3 to 63 /),
      ]);
    },
  );

  it.each(["abc", "aiaas-prod-backups", "a".repeat(63)])("takes the bucket name %s", (label) => {
    expect(faultsOf(bucket(label))).toEqual([]);
  });

  it("refuses keys that open nothing, everything, or what is not there", () => {
    const buckets = { backups: { label: "aiaas-backups" } };
    expect(faultsOf(withStorage({ buckets, keys: { velero: {} } }))).toEqual([
      expect.stringContaining("a key without a bucket would open every bucket"),
    ]);
    expect(faultsOf(withStorage({ buckets, keys: { velero: { exports: "read_write" } } }))).toEqual([
      "objectStorage.keys.velero.exports: there is no such bucket; there are backups",
    ]);
  });

  it("refuses one name for two buckets, and regions without the service", () => {
    const label = "aiaas-backups";
    expect(faultsOf(withStorage({ buckets: { one: { label }, two: { label } } }))).toHaveLength(2);
    expect(faultsOf({ ...bucket(label), region: "us-central" })).toEqual([
      expect.stringMatching(/^objectStorage: us-central has no Object Storage/),
    ]);
  });
});

describe("databases (C12)", () => {
  it("are not open to the whole Internet", () => {
    expect(faultsOf(withDatabase({ clientCidrs: ["0.0.0.0/0"] }))).toEqual([
      expect.stringMatching(/^databases\.users\.clientCidrs\.0: that is the whole Internet/),
    ]);
  });

  it("have plans that the service takes", () => {
    expect(faultsOf(withDatabase({ plan: "g2-gpu-rtx4000a1-s" }))).toEqual([
      expect.stringContaining("no GPU plans"),
    ]);
    expect(faultsOf(withDatabase({ plan: "g6-standard-4", nodes: 2 }))).toEqual([
      expect.stringMatching(/^databases\.users\.nodes: two nodes need a dedicated plan/),
    ]);
    expect(faultsOf(withDatabase({ plan: "g6-standard-4", nodes: 3 }))).toEqual([]);
  });

  it.each(["14", "latest"])("are not of version %s", (version) => {
    expect(faultsOf(withDatabase({ version }))).toEqual([
      expect.stringMatching(/^databases\.users\.version: /),
    ]);
  });

  it("have names that resources can carry", () => {
    const database = { managed: false, label: "aiaas-users", plan: "g6-dedicated-2" };
    expect(faultsOf({ ...sound, databases: { User_Organization: database } })).toHaveLength(1);
    expect(faultsOf(withDatabase({ label: "x" }))).toEqual([
      expect.stringMatching(/^databases\.users\.label: 3 to 32 /),
    ]);
  });
});

describe("DNS (C11)", () => {
  it("knows priorities for mail only", () => {
    const record = { name: "@", target: "mail.example.com" };
    expect(faultsOf(withDns({ records: [{ ...record, type: "MX" }] }))).toEqual([
      "dns.records.0.priority: an MX record needs a priority",
    ]);
    expect(faultsOf(withDns({ records: [{ ...record, type: "MX", priority: 0 }] }))).toEqual([]);
    expect(faultsOf(withDns({ records: [{ ...record, type: "CNAME", priority: 1 }] }))).toHaveLength(1);
  });

  it.each(["AIaaS.example.com", "example", "aiaas.example.com."])("refuses the domain %s", (domain) => {
    expect(faultsOf(withDns({ domain }))).toEqual([expect.stringMatching(/^dns\.domain: /)]);
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
