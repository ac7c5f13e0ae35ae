import { dollars } from "../estimate/cost/money";
import { Html, html } from "./html";
import type { PlanReport, Report } from "./model/report";
import { clusterView } from "./view/capacity";
import { costView } from "./view/cost";
import { drawing, followStyle, graphView } from "./view/graph";
import { drillsView, hostsView, policiesView, proofsView, versionsView } from "./view/lists";
import { overviewView } from "./view/overview";
import { style } from "./view/style";

/** A stack's report as one page that needs nothing else: no script, no request. */
export function page(report: Report): string {
  const sections: readonly (readonly [string, string, Html])[] = [
    ["overview", "Overview", overviewView(report.overview, report.cost)],
    [
      "systems",
      "Who talks to whom",
      html`<p>Point at, tap or tab to a line or a box to follow it. The platform's calls are below each drawing.</p>${report.systems.map(graphView)}`,
    ],
    ["hosts", "Public hosts", hostsView(report.hosts)],
    [
      "capacity",
      "Capacity",
      html`<p>Bars show what pods ask for of what nodes have, at the pools' minimum, desired and maximum size.</p>${report.clusters.map(clusterView)}`,
    ],
    ["cost", "Cost", costView(report.cost)],
    ["proofs", "Proofs", proofsView(report.proofs)],
    ["drills", "Drills", drillsView(report.drills)],
    ["policies", "Policies", policiesView(report.policies)],
    ["versions", "Versions", versionsView(report)],
  ];
  return html`${new Html("<!doctype html>")}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>AI platform: ${report.stack}</title>
<link rel="icon" href="data:,">
<style>${new Html(style + followStyle(Math.max(0, ...report.systems.map(({ parties }) => parties.length))))}</style>
</head>
<body>
<a class="skip" href="#overview">To the report</a>
<header>
<h1>AI platform: ${report.stack}</h1>
<nav aria-label="sections"><ul>${sections.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
${tilesView(tiles(report))}
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
export function tiles(report: Report): readonly (readonly [string, string])[] {
  const { policies, drills, lockFaults, proofs } = report;
  const passed = drills?.drills.filter((drill) => drill.passed).length;
  return [
    ...planTiles(report),
    ["policies", String(policies.filter(({ level }) => level === "mandatory").length)],
    ["proven", sum(proofs.map(({ checks }) => checks)).toLocaleString("en")],
    ["faults", String(sum(proofs.map(({ faults }) => faults.length)))],
    ["chart lock", lockFaults.length === 0 ? "fresh" : `${lockFaults.length} stale`],
    ["drills", drills === undefined ? "none" : `${passed} of ${drills.drills.length}`],
  ];
}

/** Of the glance, what depends on nothing but the plan. */
function planTiles({ clusters, cost }: PlanReport): readonly (readonly [string, string])[] {
  const pools = clusters.flatMap((cluster) => cluster.pools);
  const pods = clusters.map((cluster) =>
    cluster.pools.length === 0
      ? cluster.wanted.desired.pods
      : sum(cluster.pools.map(({ at }) => at.desired.requested.pods)),
  );
  return [
    ["clusters", String(clusters.length)],
    ["nodes", String(sum(pools.map(({ at }) => at.desired.nodes)))],
    ["pods", String(sum(pods))],
    ["a month", dollars(cost.total.desired)],
    ["at most", dollars(cost.total.maximum)],
    ["unused", `${percentOf(sum(cost.pools.map(({ unused }) => unused.desired)), cost.total.desired)} %`],
  ];
}

/** The page's beginning and the drawing of one system as a picture: SVG that needs nothing else, the same for the same plan. */
export function picture(report: PlanReport, system: string): string {
  const { width, height } = pictureSize;
  const graph = report.systems.find((one) => one.system === system);
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<foreignObject width="${width}" height="${height}"><div xmlns="http://www.w3.org/1999/xhtml" class="page">
<style>${new Html(style)}</style>
<header><h1>AI platform: ${report.stack}</h1>${tilesView(planTiles(report))}</header>
<main>${overviewView(report.overview, report.cost)}${graph && html`<section class="card"><h3>${system} <small>on ${graph.cluster}</small></h3>${drawing(graph)}</section>`}</main>
</div></foreignObject>
</svg>
`.toString();
}

const pictureSize = { width: 1240, height: 1000 } as const;

function tilesView(shown: readonly (readonly [string, string])[]): Html {
  return html`<dl class="tiles">${shown.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10;
}
