import type { DrillResults } from "../../drills/results";
import type { Path } from "../../proofs/paths/path";
import { pathColumns, pathWords } from "../../proofs/paths/words";
import { type Html, html } from "../html";
import type { ActivePolicy } from "../model/policies";
import type { ProofResult } from "../model/proof-results";
import type { Report } from "../model/report";

export function hostsView(hosts: readonly Path[]): Html {
  return listing(
    "Public hosts",
    pathColumns,
    hosts.map((path) => pathWords(path)),
  );
}

export function proofsView(results: readonly ProofResult[]): Html {
  const faults = results.flatMap(({ name, faults: found }) => found.map((fault) => ({ name, fault })));
  return html`${listing(
    "Proofs",
    ["proof", "checks", "faults", "excepted", "claim"],
    results.map(({ name, checks, faults: found, excepted, claim }) => [
      name,
      checks,
      found.length,
      excepted,
      claim,
    ]),
  )}<ul>${faults.map(({ name, fault }) => html`<li class="bad">${name}: ${fault.object}: ${fault.rule}. Fix: ${fault.fix}</li>`)}</ul>`;
}

export function policiesView(policies: readonly ActivePolicy[]): Html {
  return listing(
    "Policies",
    ["policy", "level", "severity", "demands"],
    policies.map(({ id, level, severity, what }) => [html`<code>${id}</code>`, level, severity, what]),
  );
}

/** Charts and Kubernetes beside their newest known versions, and whether the chart lock fits the plan. */
export function versionsView({ charts, kubernetes, lockFaults }: Report): Html {
  return html`<p>${lockFaults.length === 0 ? "The chart lock is up to date." : `The chart lock is stale in ${lockFaults.length} places:`}</p>
<ul>${lockFaults.map((fault) => html`<li class="bad">${fault}</li>`)}</ul>
${
  kubernetes.length === 0
    ? undefined
    : listing(
        "Kubernetes",
        ["cluster", "Kubernetes", "newest known", "supported until"],
        kubernetes.map(({ cluster, version, newest, supportEnds }) => [
          cluster,
          version,
          drift(version, newest),
          supportEnds ?? "not known",
        ]),
      )
}
${listing(
  "Charts",
  ["chart", "version", "newest known", "releases", "published", "age"],
  charts.map(({ name, version, newest, releases, published, ageDays }) => [
    name,
    version,
    drift(version, newest),
    releases,
    published ?? "not known",
    ageDays === undefined ? "" : `${ageDays} days`,
  ]),
)}`;
}

function drift(version: string, newest: string): Html | string {
  return version === newest ? "the same" : html`<b class="behind">${newest}</b>`;
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
