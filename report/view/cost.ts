import { type Cost, notCounted } from "../../estimate/cost/cost";
import type { CostLine } from "../../estimate/cost/cost-line";
import { dollars } from "../../estimate/cost/money";
import { priceSources } from "../../estimate/cost/text";
import { atLevels, levels } from "../../estimate/levels";
import { type Html, html } from "../html";

export function costView({ pools, fixed, systems, total, spotSavings, unpriced }: Cost): Html {
  const unused = pools.map((pool) => ({ item: pool.item, usd: pool.unused }));
  return html`<div class="pair">
  ${costTable("By pool", [...pools, ...fixed, { item: "in all", usd: total }, { item: "saved by spot nodes", usd: spotSavings }])}
  ${costTable("By system", systems)}
  ${costTable("Of the pools, what no pod asks for", [...unused, { item: "in all", usd: atLevels((level) => unused.reduce((sum, { usd }) => sum + usd[level], 0)) }])}
</div>
<ul>${unpriced.map((what) => html`<li>Without a price, and not counted: ${what}</li>`)}<li>Not counted: ${notCounted}</li></ul>
<p><small>${priceSources}</small></p>`;
}

function costTable(caption: string, lines: readonly CostLine[]): Html {
  return html`<div class="card scroll" tabindex="0" role="region" aria-label="${caption}"><table>
  <caption>${caption}, US dollars a month</caption>
  <thead><tr><th scope="col">item</th>${levels.map((level) => html`<th scope="col" class="number">${level}</th>`)}</tr></thead>
  <tbody>${lines.map(
    ({ item, usd }) =>
      html`<tr><th scope="row">${item}</th>${levels.map((level) => html`<td class="number">${dollars(usd[level])}</td>`)}</tr>`,
  )}</tbody>
</table></div>`;
}
