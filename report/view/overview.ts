import { type Cost, unusedShare } from "../../estimate/cost/cost";
import { dollars } from "../../estimate/cost/money";
import { type Html, html } from "../html";
import type { ClusterOverview, ZoneOverview } from "../model/overview";

/** All systems on one screen: the clusters and zones that their pods are in, their hosts and what they cost. */
export function overviewView(clusters: readonly ClusterOverview[], cost: Cost): Html {
  return html`<div class="pair">${clusters.map(clusterView)}</div>${billView(cost)}`;
}

const cloudNames = { aws: "AWS", linode: "Linode" } as const;

function clusterView({ name, cloud, version, zones, systems }: ClusterOverview): Html {
  const about = [cloud && cloudNames[cloud], version && `Kubernetes ${version}`].filter(
    (part) => part !== undefined,
  );
  return html`<section class="card cluster" aria-labelledby="where-${name}"><h3 id="where-${name}">${name} <small>${about.join(", ")}</small></h3>
<table><thead><tr><th scope="col">pods of</th>${zones.map((zone) => html`<th scope="col" class="number">${headingOf(zone)}</th>`)}</tr></thead>
<tbody>${systems.map(
    ({ system, hosts, pods }) =>
      html`<tr><th scope="row">${system === "platform" ? system : html`<a href="#graph-${system}">${system}</a>`}${hosts.map((host) => html`<small class="host">${host}</small>`)}</th>${pods.map((number) => html`<td class="number">${number}</td>`)}</tr>\n`,
  )}</tbody></table></section>`;
}

function headingOf({ name, nodes }: ZoneOverview): Html {
  const size = nodes === undefined ? "in all" : nodes === 1 ? "1 node" : `${nodes} nodes`;
  return html`${name ?? (nodes === undefined ? undefined : "no zones")}<small class="host">${size}</small>`;
}

function billView({ systems, total }: Cost): Html | undefined {
  if (total.desired === 0) {
    return undefined;
  }
  const shares = systems.toSorted((one, other) => other.usd.desired - one.usd.desired);
  return html`<div class="card"><h3>A month, by system <small>${dollars(total.desired)} at the desired size</small></h3>
<ul class="bill">${shares.map(({ item, usd }) => {
    const percent = Math.round((100 * usd.desired) / total.desired);
    return html`<li${item === unusedShare ? html` class="unused"` : undefined} style="flex-grow:${Math.max(1, percent)}"><b>${item}</b> ${dollars(usd.desired)}, ${percent} %</li>`;
  })}</ul></div>`;
}
