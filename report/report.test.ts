import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dollars } from "../estimate/cost/money";
import { levels } from "../estimate/levels";
import { Plan } from "../model/plan";
import { reviewedFolder } from "../model/reviewed";
import { findBrowser, visit } from "./browser";
import { html } from "./html";
import { layersOf } from "./model/layers";
import { activePolicies } from "./model/policies";
import { type Report, reportOf } from "./model/report";
import { page, tiles } from "./page";

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
  return reportOf(Plan.read(stack, reviewedFolder(stack)), {
    at,
    policyLevels: { all: "mandatory", "exemption-in-force": "advisory" },
    drills: stack === "prod" ? drills : undefined,
  });
}

const prod = report("prod");
const prodPage = page(prod);

/** Cells of the table row that begins with a heading of this text. */
function row(item: string): readonly string[] {
  const start = prodPage.indexOf(`<th scope="row">${item}</th>`);
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
    expect(Object.fromEntries(tiles(prod))).toMatchObject({ clusters: "2", "drills passed": "1 of 2" });
  });

  test("draws who calls whom, as network policies allow it (A2)", () => {
    const atlas = prod.systems.find(({ system }) => system === "atlas");
    expect(atlas?.calls).toContainEqual({
      from: "atlas-ai-production/ai-engine",
      to: "atlas-ai-production/qdrant",
      ports: [6333],
    });
    expect(prodPage).toContain("<li>ai-engine → qdrant: 6333</li>");
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

  test("asks nobody for anything: no script, no address", () => {
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

test("whoever calls stands to the left of whom it calls, circles or not", () => {
  const party = (id: string, outside = false) => ({ id, name: id, outside });
  const call = (from: string, to: string) => ({ from, to, ports: [1] });
  const parties = [party("api"), party("store"), party("users", true), party("internet", true)];
  const calls = [call("users", "api"), call("api", "store"), call("store", "api"), call("api", "internet")];
  const layers = layersOf(parties, calls).map((layer) => layer.map(({ id }) => id));
  expect(layers[0]).toEqual(["users"]);
  expect(layers.at(-1)).toEqual(["internet"]);
  expect(layers.flat().toSorted()).toEqual(["api", "internet", "store", "users"]);
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
        "systems",
        "capacity",
        "cost",
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
