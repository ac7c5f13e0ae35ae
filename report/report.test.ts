import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dollars } from "../estimate/cost/money";
import { levels } from "../estimate/levels";
import { readPlan } from "../model/read-plan";
import { proofs } from "../proofs";
import { findBrowser, visit } from "./browser";
import { html } from "./html";
import { newestOf } from "./model/charts";
import { activePolicies } from "./model/policies";
import { type Report, reportOf } from "./model/report";
import { page, picture, tiles } from "./page";

const at = new Date("2026-11-25T00:00:00Z");
const drills = {
  stack: "prod",
  at: "2026-11-24T10:00:00Z",
  drills: [
    { name: "drain", promise: "nothing <stays>", passed: true, evidence: ["7 nodes drained"], seconds: 3 },
    { name: "drift", promise: "put right", passed: false, evidence: ["preview saw nothing"], seconds: 1 },
  ],
};

function report(stack: string): Report {
  return reportOf(readPlan(stack), {
    at,
    policyLevels: { all: "mandatory", "exemption-in-force": "advisory" },
    drills: stack === "prod" ? drills : undefined,
  });
}

const prod = report("prod");
const prodPage = page(prod);

function total(numbers: readonly number[]): string {
  return String(numbers.reduce((sum, number) => sum + number, 0));
}

/** Cells of the table row that begins with a heading of this text. */
function row(item: string): readonly string[] {
  const start = prodPage.indexOf(`<th scope="row">${item}</th>`, prodPage.indexOf('<section id="cost"'));
  const markup = prodPage.slice(start, prodPage.indexOf("</tr>", start));
  return [...markup.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, cell = ""]) => cell);
}

test("text is escaped, markup is not, and nothing is nothing", () => {
  const item = html`<li>${"<b>&\"'"}</li>`;
  expect(html`<ul class="${'"'}">${[item, undefined, 3]}</ul>`.markup).toBe(
    '<ul class="&quot;"><li>&lt;b&gt;&amp;&quot;&#39;</li>3</ul>',
  );
});

describe("the report of prod", () => {
  test("has the numbers of its cost", () => {
    const { pools, fixed, systems, total } = prod.cost;
    for (const { item, usd } of [...pools, ...fixed, ...systems, { item: "in all", usd: total }]) {
      expect([item, row(item)]).toEqual([item, levels.map((level) => dollars(usd[level]))]);
    }
  });

  test("has the numbers of each pool's load", () => {
    const pools = prod.clusters.flatMap((cluster) => cluster.pools);
    expect(pools.length).toBeGreaterThan(5);
    for (const { pool, at: load } of pools) {
      for (const level of levels) {
        const { requested, allocatable } = load[level];
        const share = allocatable.cpuMillis === 0 ? 0 : requested.cpuMillis / allocatable.cpuMillis;
        const percent = Math.round(100 * share);
        expect(prodPage).toContain(
          `CPU at ${level}: ${(requested.cpuMillis / 1000).toFixed(1)} of ${(allocatable.cpuMillis / 1000).toFixed(1)}, ${percent} %`,
        );
      }
      expect(prodPage).toContain(`<summary>${load.desired.requested.pods} pods</summary>`);
      expect(prodPage).toContain(`<h4>${pool.name}`);
    }
  });

  test("shows at a glance what it holds", () => {
    for (const [name, value] of tiles(prod)) {
      expect(prodPage).toContain(`<dt>${name}</dt><dd>${value}</dd>`);
    }
    expect(Object.fromEntries(tiles(prod))).toMatchObject({ clusters: "2", drills: "1 of 2" });
  });

  test("has the style to follow every party", () => {
    const boxes = [...prodPage.matchAll(/<g class="party-(\d+)"/g)].map(
      ([, number]) => `.party-${number}:is(`,
    );
    expect(boxes.filter((box) => !prodPage.includes(box))).toEqual([]);
    expect(boxes.length).toBeGreaterThan(50);
  });

  test("counts the pods of each system in each zone", () => {
    const [atlas, aiaas] = prod.overview;
    expect(atlas?.zones).toEqual([
      { name: "us-east-1a", nodes: expect.any(Number) },
      { name: "us-east-1b", nodes: expect.any(Number) },
      { name: "us-east-1c", nodes: expect.any(Number) },
    ]);
    expect(aiaas?.zones).toEqual([{ name: undefined, nodes: expect.any(Number) }]);
    const pods = prod.overview.flatMap(({ systems }) => systems.flatMap((one) => one.pods));
    const nodes = prod.overview.flatMap(({ zones }) => zones.map((zone) => zone.nodes ?? 0));
    expect(Object.fromEntries(tiles(prod))).toMatchObject({ pods: total(pods), nodes: total(nodes) });
    expect(aiaas?.systems.map(({ system, hosts }) => [system, hosts])).toEqual([
      ["aiaas", ["api.aiaas.example.com"]],
      ["platform", []],
    ]);
  });

  test("has the path of each public host", () => {
    expect(prod.hosts.length).toBeGreaterThan(5);
    for (const { host, balancer, proven } of prod.hosts) {
      const start = prodPage.indexOf(`<td>${host}</td>`);
      const cells = prodPage.slice(start, prodPage.indexOf("</tr>", start));
      expect(cells).toContain(`<td>${balancer.kind}</td><td>${proven}</td>`);
    }
  });

  test("has the result of each proof", () => {
    const [one, ...others] = prod.proofs;
    expect(prod.proofs.map(({ name }) => name)).toEqual(proofs.map(({ name }) => name));
    expect(prodPage).toContain(`<td>${one?.name}</td><td>${one?.checks}</td><td>0</td>`);
    const fault = {
      ...{ object: "aws: Deployment a/b", rule: "it is open", source: "s", fix: "close it" },
      ...{ proof: "networks", exception: undefined },
    };
    const faulty = {
      ...prod,
      proofs: [...others, { name: "networks", claim: "", checks: 1, excepted: 0, faults: [fault] }],
    };
    expect(page(faulty)).toContain("networks: aws: Deployment a/b: it is open. Fix: close it");
    expect(Object.fromEntries(tiles(faulty))).toMatchObject({ faults: "1" });
  });

  test("says whether the chart lock fits the plan", () => {
    expect(prodPage).toContain("The chart lock is up to date.");
    const stale = page({ ...prod, lockFaults: ["prod/aws/qdrant.yaml is stale"] });
    expect(stale).toContain('<li class="bad">prod/aws/qdrant.yaml is stale</li>');
    expect(stale).toContain("<dt>chart lock</dt><dd>1 stale</dd>");
  });

  test("shows versions beside their newest known", () => {
    expect(prod.kubernetes.map(({ cluster, version, newest }) => [cluster, version, newest])).toEqual([
      ["atlas-prod", "1.35", "1.35"],
      ["aiaas-prod", "1.35", "1.36"],
    ]);
    expect(prodPage).toContain('<td>1.35</td><td><b class="behind">1.36</b></td>');
    expect(newestOf("a", "v1.9.0", ["a@v1.10.1", "a@v1.2.0", "b@v3.0.0"])).toBe("v1.10.1");
    expect(newestOf("a", "2.0.0", ["a@1.10.1"])).toBe("2.0.0");
  });

  test("says how old each chart is", () => {
    const velero = prod.charts.find(({ name }) => name === "velero");
    expect(velero).toMatchObject({ published: "2026-06-25", ageDays: 153, releases: 2 });
    expect(prod.charts.filter(({ published }) => published === undefined)).toEqual([]);
  });

  test("has the drills' last results, with the evidence of failures open", () => {
    expect(prodPage).toContain("nothing &lt;stays&gt;");
    expect(prodPage).toContain("<details open><summary>evidence</summary><ul><li>preview saw nothing</li>");
  });

  test("needs nothing else: no script, no address", () => {
    expect(prodPage).not.toMatch(/<script|<link(?! rel="icon" href="data:,")|src=|url\((?!#)|@import/);
    expect(prodPage).toContain("default-src 'none'");
  });
});

test("a stack without pools of its own says what its pods ask for, and that no drill has run", () => {
  const dev = page(report("dev"));
  expect(dev).toContain("Its nodes are not planned by this stack");
  expect(dev).toContain("No drill has been run yet");
});

test("a policy has its own level before that of all", () => {
  const levelOf = (levels: Readonly<Record<string, unknown>>) =>
    activePolicies(levels).find(({ id }) => id === "kubernetes-non-root")?.level;
  expect([
    levelOf({}),
    levelOf({ all: "disabled" }),
    levelOf({ all: "disabled", "kubernetes-non-root": { enforcementLevel: "advisory" } }),
  ]).toEqual(["mandatory", "disabled", "advisory"]);
});

describe("the picture of a report", () => {
  const drawn = picture(prod, "atlas");

  test("is well-formed: browsers refuse SVG that is not", () => {
    const open: string[] = [];
    for (const [, end, name = "", , empty] of drawn.matchAll(
      /<(\/?)([\w]+)((?:\s[\w:-]+="[^"<]*")*)\s*(\/?)>|</g,
    )) {
      expect(name).not.toBe("");
      if (end) {
        expect(open.pop()).toBe(name);
      } else if (!empty) {
        open.push(name);
      }
    }
    expect(open).toEqual([]);
  });
});

const browser = findBrowser();

(browser === undefined ? describe.skip : describe)("in a browser (Chromium on the PATH)", () => {
  test("it opens without a word on the console, and shows all its parts", async () => {
    const folder = mkdtempSync(join(tmpdir(), "report-"));
    try {
      const file = join(folder, "prod.html");
      writeFileSync(file, prodPage);
      const { document, console } = await visit(browser ?? "", file);
      expect(console).toEqual([]);
      expect(document).toContain("<h1>AI platform: prod</h1>");
      expect([...document.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id)).toEqual([
        "overview",
        "systems",
        "hosts",
        "capacity",
        "cost",
        "proofs",
        "drills",
        "policies",
        "versions",
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);

  test("it would hear of an error, if there was one", async () => {
    const folder = mkdtempSync(join(tmpdir(), "report-"));
    try {
      const file = join(folder, "faulty.html");
      writeFileSync(file, prodPage.replace("</body>", '<script>console.error("broken")</script></body>'));
      expect((await visit(browser ?? "", file)).console).not.toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
