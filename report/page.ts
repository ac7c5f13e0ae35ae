import { dollars } from "../estimate/cost/money";
import { Html, html } from "./html";
import type { Report } from "./model/report";
import { clusterView } from "./view/capacity";
import { costView } from "./view/cost";
import { graphView } from "./view/graph";
import { chartsView, drillsView, policiesView } from "./view/lists";
import { style } from "./view/style";

/** A stack's report as one page that needs nothing else: no script, no request. */
export function page(report: Report): string {
  const sections: readonly (readonly [string, string, Html])[] = [
    ["systems", "Systems: who talks to whom", html`${report.systems.map(graphView)}`],
    [
      "capacity",
      "Capacity",
      html`<p>Bars show what pods ask for of what nodes have, at the pools' minimum, desired and maximum size.</p>${report.clusters.map(clusterView)}`,
    ],
    ["cost", "Cost", costView(report.cost)],
    ["drills", "Drills", drillsView(report.drills)],
    ["policies", "Policies", policiesView(report.policies)],
    ["versions", "Versions", chartsView(report.charts)],
  ];
  return html`${new Html("<!doctype html>")}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>AI platform: ${report.stack}</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#systems">To the report</a>
<header>
<h1>AI platform: ${report.stack}</h1>
<nav aria-label="sections"><ul>${sections.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<dl class="tiles">${tiles(report).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>
<main>${sections.map(
    ([id, title, content]) =>
      html`<section id="${id}" aria-labelledby="title-${id}"><h2 id="title-${id}">${title}</h2>${content}</section>`,
  )}</main>
<footer>From the plan of ${report.stack}, ${report.at.toISOString().slice(0, 10)}.</footer>
</body>
</html>
`.toString();
}

/** The stack at a glance. */
export function tiles({
  clusters,
  cost,
  policies,
  drills,
  charts,
}: Report): readonly (readonly [string, string])[] {
  const pools = clusters.flatMap((cluster) => cluster.pools);
  const nodes = pools.reduce((sum, { at }) => sum + at.desired.nodes, 0);
  const pods = clusters.reduce(
    (sum, cluster) =>
      sum +
      (cluster.pools.length === 0
        ? cluster.wanted.desired.pods
        : cluster.pools.reduce((own, { at }) => own + at.desired.requested.pods, 0)),
    0,
  );
  return [
    ["clusters", String(clusters.length)],
    ["nodes", String(nodes)],
    ["pods", String(pods)],
    ["a month", dollars(cost.total.desired)],
    ["at most", dollars(cost.total.maximum)],
    ["policies in force", String(policies.filter(({ level }) => level === "mandatory").length)],
    ["charts", String(charts.length)],
    [
      "drills passed",
      drills === undefined
        ? "none"
        : `${drills.drills.filter(({ passed }) => passed).length} of ${drills.drills.length}`,
    ],
  ];
}
