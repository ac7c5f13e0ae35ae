import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systems } from "../../apps/registry";
import { silentReporter } from "../../cli/reporter";
import { definedAt } from "../../infra/kit/site";
import type { Links } from "../../infra/observability/links";
import { rulesOf } from "../../infra/observability/rules";
import {
  type Alert,
  labelsOf,
  type RuleGroup,
  render,
  type Situation,
} from "../../infra/observability/rules/rule";
import { nameOf, type Scope, scopesOf } from "../../infra/observability/scope";
import { charts } from "../../infra/platform/charts";
import { ensureTools } from "../../toolchain";
import { prometheusRelease } from "../../toolchain/versions";
import { onSite } from "../observability/recorded-cluster";
import { exporters } from "../observability/scraped";
import { completed, seriesOf } from "../observability/series";

interface Watched {
  readonly scope: Scope;
  readonly groups: readonly RuleGroup[];
}

const links: Links = {
  dashboard: (name) => `https://grafana.example.com/d/${name}`,
  runbook: (name) => `https://example.com/runbooks/${name}.md`,
};

/** Every exporter's series, with all of their labels: what a situation leaves out is there as well. */
const facts = seriesOf(Object.keys(exporters));

let promtool: string;
let watched: readonly Watched[];
let folder: string;

beforeAll(async () => {
  ({ promtool } = await ensureTools(["promtool"], silentReporter));
  watched = await onSite("everything, with cards, buckets and other stacks' environments", (site) =>
    scopesOf(site).map((scope) => ({ scope, groups: rulesOf(site, scope, definedAt(site, systems)) })),
  );
  folder = mkdtempSync(join(tmpdir(), "rules-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What promtool says, and whether it is content. */
function ask(
  ...promtoolArguments: readonly string[]
): Promise<{ readonly passed: boolean; readonly said: string }> {
  return new Promise((resolve) => {
    execFile(promtool, promtoolArguments, { cwd: folder }, (error, stdout, stderr) =>
      resolve({ passed: error === null, said: `${stdout}${stderr}` }),
    );
  });
}

/** Files are JSON, which is YAML. */
function write(name: string, content: object): string {
  writeFileSync(join(folder, name), JSON.stringify(content));
  return name;
}

function writeRules({ scope, groups }: Watched): string {
  return write(`${nameOf(scope)}.json`, { groups: groups.map((group) => render(group, scope, links)) });
}

/** How often the alert fires, with its labels, is in the series that Prometheus keeps of alerts. */
function unitTest(alert: Alert, scope: Scope, situation: Situation, firing: number) {
  const labels = { alertname: alert.alert, alertstate: "firing", ...labelsOf(alert, scope) };
  const matchers = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return {
    name: `${nameOf(scope)}: ${alert.alert} ${firing === 0 ? "is quiet" : "fires"}`,
    interval: "1m",
    input_series: Object.entries(situation.series).map(([series, values]) => ({
      series: completed(series, facts),
      values,
    })),
    promql_expr_test: [
      {
        expr: `count(ALERTS{${matchers.join(",")}})`,
        eval_time: situation.at,
        exp_samples: firing === 0 ? [] : [{ labels: "{}", value: firing }],
      },
    ],
  };
}

/** The unit tests of some alerts of a group, in a file beside it. */
function writeTests({ scope }: Watched, group: RuleGroup, tests: readonly object[]): string {
  const rules = write(`${nameOf(scope)}-${group.name}.rules.json`, { groups: [render(group, scope, links)] });
  return write(`${nameOf(scope)}-${group.name}.json`, {
    rule_files: [rules],
    evaluation_interval: "1m",
    tests,
  });
}

test("promtool is the Prometheus that the clusters run", () => {
  const images = charts.kubePrometheusStack.images.map(({ image }) => image);
  expect(images).toContainEqual(expect.stringMatching(new RegExp(`/prometheus:v${prometheusRelease}\\b`)));
});

test("every rule is one that Prometheus takes", async () => {
  const files = watched.map(writeRules);
  const { passed, said } = await ask("check", "rules", "--lint=all", "--lint-fatal", ...files);
  expect(passed ? "" : said).toBe("");
});

test("every alert fires where it should, and is quiet where it should not", async () => {
  const files = watched.flatMap((each) =>
    each.groups.map((group) => {
      const needed = { ...group, recordings: recordingsOf(each, group) };
      return writeTests(
        each,
        needed,
        group.alerts.flatMap((alert) => [
          unitTest(alert, each.scope, alert.fires, 1),
          unitTest(alert, each.scope, alert.quiet, 0),
        ]),
      );
    }),
  );
  const { passed, said } = await ask("test", "rules", ...files);
  expect(passed ? "" : said).toBe("");
});

test("an alert that does not fire, and one that always does, would be found", async () => {
  const [first] = watched;
  const group = first?.groups[0];
  const alert = group?.alerts[0];
  if (first === undefined || group === undefined || alert === undefined) throw new Error("there is no alert");
  for (const wrong of [
    unitTest(alert, first.scope, alert.quiet, 1),
    unitTest(alert, first.scope, alert.fires, 0),
  ]) {
    const { passed, said } = await ask("test", "rules", writeTests(first, group, [wrong]));
    expect({ passed, said }).toEqual({ passed: false, said: expect.stringContaining("FAILED") });
  }
});

/** What a group's own rules work on: its recordings, after those of the groups before it. */
function recordingsOf({ groups }: Watched, group: RuleGroup) {
  return groups.slice(0, groups.indexOf(group) + 1).flatMap(({ recordings = [] }) => recordings);
}
