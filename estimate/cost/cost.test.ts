import { Plan } from "../../model/plan";
import { readPlan } from "../../model/read-plan";
import { costOf, unusedShare } from "./cost";
import { deltaMarkdown, deltaOf } from "./delta";
import { change, dollars } from "./money";
import { costText } from "./text";

/** A cluster with one pool, and a Deployment that takes up part of it. */
function plan(pool: Readonly<Record<string, unknown>> = {}, replicas = 2): Plan {
  const kubernetes = { provider: "pulumi:providers:kubernetes::aws-kubernetes" };
  return Plan.of("test", [
    {
      type: "pulumi:providers:kubernetes",
      name: "aws-kubernetes",
      inputs: { clusterIdentifier: "arn" },
      options: {},
    },
    {
      type: "aws:eks/cluster:Cluster",
      name: "cluster",
      inputs: { name: "test", version: "1.35" },
      options: {},
    },
    { type: "aws:ec2/natGateway:NatGateway", name: "nat", inputs: {}, options: {} },
    {
      type: "aws:ec2/launchTemplate:LaunchTemplate",
      name: "template",
      inputs: { blockDeviceMappings: [{ ebs: { volumeSize: 100 } }] },
      options: {},
    },
    {
      type: "aws:eks/nodeGroup:NodeGroup",
      name: "group",
      inputs: {
        clusterName: "test",
        instanceTypes: ["m6i.2xlarge"],
        labels: { "ai-platform/pool": "general" },
        launchTemplate: { id: "template-id" },
        scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 5 },
        subnetIds: [],
        ...pool,
      },
      options: {},
    },
    { type: "ai-platform:apps:Atlas", name: "atlas", inputs: {}, options: {} },
    {
      type: "kubernetes:apps/v1:Deployment",
      name: "api",
      inputs: {
        metadata: { name: "api", namespace: "atlas" },
        spec: {
          replicas,
          template: { spec: { containers: [{ resources: { requests: { cpu: "1", memory: "1Gi" } } }] } },
        },
      },
      options: { parent: "ai-platform:apps:Atlas::atlas", ...kubernetes },
    },
  ]);
}

/** m6i.2xlarge at 0.384 $ an hour, and 100 GiB of gp3 at 0.08 $. */
const node = 0.384 * 730 + 100 * 0.08;
const fixed = (0.1 + 0.045) * 730;

test("a pool costs its machines and their disks, at each size", () => {
  const { pools, total } = costOf(plan());
  expect(pools.map(({ item, usd }) => [item, usd])).toEqual([
    [
      "test: nodes of general",
      {
        minimum: expect.closeTo(288.32, 6),
        desired: expect.closeTo(576.64, 6),
        maximum: expect.closeTo(1441.6, 6),
      },
    ],
  ]);
  expect(total.desired).toBeCloseTo(2 * node + fixed, 6);
});

test("spot nodes are reckoned at their share of the price, their disks in full", () => {
  const { total, spotSavings } = costOf(plan({ capacityType: "SPOT" }));
  expect(total.desired).toBeCloseTo(2 * (0.35 * 280.32 + 8) + fixed, 6);
  expect(spotSavings.maximum).toBeCloseTo(5 * 0.65 * 280.32, 6);
});

test("a pool of several machines is reckoned as if it had each equally often", () => {
  const { pools } = costOf(plan({ instanceTypes: ["m6i.2xlarge", "m6i.xlarge"] }));
  expect(pools[0]?.usd.minimum).toBeCloseTo(((0.384 + 0.192) / 2) * 730 + 8, 6);
});

test("each system pays for what its pods ask for, and the rest stays unused", () => {
  const { systems, total } = costOf(plan());
  const usd = Object.fromEntries(systems.map((line) => [line.item, line.usd.desired]));
  // Two nodes have 2 x 7.91 CPUs and 2 x 28.6 GiB; two pods ask for 2 CPUs and 2 GiB.
  const share = (1000 / 7910 + 1024 / 29_317) / 2;
  expect(usd.atlas).toBeCloseTo(2 * node * share, 0);
  expect(usd.platform).toBeCloseTo(fixed, 6);
  expect((usd.atlas ?? 0) + (usd.platform ?? 0) + (usd[unusedShare] ?? 0)).toBeCloseTo(total.desired, 6);
});

test("what no pod asks for is told by pool, with its share, and is what the systems leave", () => {
  const cost = costOf(plan());
  const left = cost.systems.find(({ item }) => item === unusedShare)?.usd.desired ?? Number.NaN;
  expect(cost.pools.map(({ unused }) => unused.desired)).toEqual([expect.closeTo(left, 6)]);
  expect(costText(cost)).toMatch(
    /unused, by pool[\s\S]*test: nodes of general .* 92 % of the pool at its desired size/,
  );
  expect(costText(cost)).toContain(`${Math.round((100 * left) / cost.total.desired)} % of the bill`);
});

test.each([
  // What the autoscaler goes to, and what prod starts with.
  ["minimum", 0.2],
  ["desired", 0.21],
] as const)("of prod's bill at its %s size at most %d is for room that no pod asks for", (level, most) => {
  const { pools, total } = costOf(readPlan("prod"));
  const unused = pools.reduce((sum, pool) => sum + pool.unused[level], 0);
  expect(unused / total[level]).toBeLessThanOrEqual(most);
});

const database = (type: string, clusterSize: number) => ({
  type: "linode:index/databasePostgresqlV2:DatabasePostgresqlV2",
  name: "users",
  inputs: { label: "users", type, clusterSize },
  options: {},
});

test("a managed database costs what the price list says of all its nodes together", () => {
  const { fixed: lines, unpriced } = costOf(Plan.of("test", [database("g6-dedicated-4", 3)]));
  expect(lines.map(({ item, usd }) => [item, usd.desired])).toEqual([["managed PostgreSQL", 410]]);
  expect(unpriced).toEqual([]);
});

test("a plan that has no monthly cap costs its hours", () => {
  const { pools } = costOf(
    Plan.of("test", [
      { type: "pulumi:providers:kubernetes", name: "linode-kubernetes", inputs: {}, options: {} },
      {
        type: "linode:index/lkeCluster:LkeCluster",
        name: "lke",
        inputs: { label: "lke", k8sVersion: "1.35", pools: [] },
        options: {},
      },
      {
        type: "linode:index/lkeNodePool:LkeNodePool",
        name: "gpu",
        inputs: { type: "g3-gpu-rtxpro6000-blackwell-1", nodeCount: 2 },
        options: {},
      },
    ]),
  );
  expect(pools.map(({ item, usd }) => [item, usd.desired])).toEqual([["lke: nodes of gpu", 2 * 3 * 730]]);
});

test("what has no price is named and not counted as free", () => {
  const cost = costOf(Plan.of("test", [database("g6-dedicated-48", 3)]));
  expect(cost.total.desired).toBe(0);
  expect(costText(cost)).toMatch(/^test: nothing that it makes has a price\n/);
  expect(costText(cost)).toContain(
    "without a price, and not counted: managed PostgreSQL users: 3 x g6-dedicated-48",
  );
});

describe("the cost of a change", () => {
  const base = costOf(plan());
  const head = costOf(plan({ scalingConfig: { minSize: 1, desiredSize: 3, maxSize: 5 } }));
  const nothing = costOf(Plan.of("test", []));

  test("has the lines that change, and those alone", () => {
    expect(deltaOf([...base.pools, ...base.fixed], [...head.pools, ...head.fixed])).toEqual([
      {
        item: "test: nodes of general",
        before: base.pools[0]?.usd,
        after: head.pools[0]?.usd,
      },
    ]);
  });

  test("is a table in Markdown, with what it comes to and what spot nodes save", () => {
    const markdown = deltaMarkdown(base, head);
    expect(markdown).toContain(
      "### Cost of test: +$288 a month at its desired size\n\n| US dollars a month |",
    );
    expect(markdown).toContain("| test: nodes of general | $288 | $577 → $865 (+$288) | $1,442 |");
    expect(markdown).toContain("| **in all** | $394 | $682 → $971 (+$288) | $1,547 |");
    expect(markdown).toContain("| saved by spot nodes | $0 | $0 | $0 |");
  });

  test("shows what is saved by nodes that become spot nodes", () => {
    expect(deltaMarkdown(base, costOf(plan({ capacityType: "SPOT" })))).toContain(
      "| saved by spot nodes | $0 → $182 (+$182) | $0 → $364 (+$364) | $0 → $911 (+$911) |",
    );
  });

  test("is split among the systems whose pods take up the nodes", () => {
    expect(deltaMarkdown(base, head)).toContain(
      `| by system | minimum | desired | maximum |\n| --- | ---: | ---: | ---: |\n| ${unusedShare} |`,
    );
  });

  test("tells of a system that takes up more of nodes that cost the same", () => {
    const [system] = deltaOf(base.systems, costOf(plan({}, 4)).systems);
    expect(system?.item).toBe("atlas");
    expect(system?.after.desired).toBeCloseTo(2 * (system?.before.desired ?? Number.NaN), 6);
    const markdown = deltaMarkdown(base, costOf(plan({}, 4)));
    expect(markdown).toContain("Nothing that has a price changes: $682 a month.");
    expect(markdown).toMatch(/\| atlas \| \$\d+ → \$\d+ \(\+\$\d+\) \|/);
  });

  test("is said in one line when there is none", () => {
    expect(deltaMarkdown(base, base)).toBe(
      "### Cost of test: $0 a month at its desired size\n\nNothing that has a price changes: $682 a month.\n",
    );
  });

  test("names a pool that goes away", () => {
    expect(deltaMarkdown(base, nothing)).toContain("$577 → $0 (-$577)");
  });

  test("names what is new or gone and has no price, rather than pass it over as free", () => {
    const withDatabase = costOf(Plan.of("test", [database("g6-dedicated-48", 3)]));
    const named = "managed PostgreSQL users: 3 x g6-dedicated-48";
    expect(deltaMarkdown(nothing, withDatabase)).toContain(
      `- new, without a price, and not counted: ${named}`,
    );
    expect(deltaMarkdown(withDatabase, nothing)).toContain(
      `- gone, and never counted, because their price is unknown: ${named}`,
    );
    expect(deltaMarkdown(withDatabase, withDatabase)).not.toContain(named);
  });
});

test("money is whole dollars with a sign where it is a change", () => {
  expect([dollars(1234.4), dollars(-0.2), change(12.5), change(-3), change(0.2)]).toEqual([
    "$1,234",
    "$0",
    "+$13",
    "-$3",
    "$0",
  ]);
});
