import type { DrillResults } from "../../drills/results";
import { type Html, html } from "../html";
import type { ChartVersion } from "../model/charts";
import type { ActivePolicy } from "../model/policies";

export function policiesView(policies: readonly ActivePolicy[]): Html {
  return listing(
    "Policies",
    ["policy", "level", "severity", "demands"],
    policies.map(({ id, level, severity, what }) => [html`<code>${id}</code>`, level, severity, what]),
  );
}

export function chartsView(charts: readonly ChartVersion[]): Html {
  return listing(
    "Charts",
    ["chart", "version", "releases", "published", "age"],
    charts.map(({ name, version, releases, published, ageDays }) => [
      name,
      version,
      releases,
      published ?? "not known",
      ageDays === undefined ? "" : `${ageDays} days`,
    ]),
  );
}

export function drillsView(drills: DrillResults | undefined): Html {
  if (drills === undefined) {
    return html`<p class="card">No drill has been run yet: <code>make drill</code> rehearses failures in the sandbox.</p>`;
  }
  return html`<p>Run on ${drills.at.slice(0, 10)}, in the sandbox.</p>
<div class="drills">${drills.drills.map(
    ({ name, promise, passed, evidence }) => html`<article class="card ${passed ? "good" : "bad"}">
  <h3>${name} <span class="tag">${passed ? "passed" : "failed"}</span></h3>
  <p>${promise}</p>
  <details${passed ? undefined : html` open`}><summary>evidence</summary><ul>${evidence.map((line) => html`<li>${line}</li>`)}</ul></details>
</article>`,
  )}</div>`;
}

function listing(
  title: string,
  headings: readonly string[],
  rows: readonly (readonly (Html | string | number)[])[],
): Html {
  return html`<div class="card scroll" tabindex="0" role="region" aria-label="${title}"><table>
  <thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
  <tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div>`;
}
