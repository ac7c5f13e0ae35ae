import { type Html, html } from "../html";
import { type Call, platformPurposes, type SystemGraph } from "../model/call";

/** Calls that the platform makes and gets, by the pods of the system that they are for. */
export function trafficView({ system, parties, calls }: SystemGraph): Html {
  const names = new Map(parties.map(({ id, name }) => [id, name]));
  const outside = new Set(parties.filter(({ role }) => role === "outside").map(({ id }) => id));
  const traffic = calls.filter(({ purpose }) => purpose !== "own");
  const subjectOf = ({ from, to }: Call): string => (outside.has(to) ? from : to);
  const subjects = parties.filter(({ id }) => traffic.some((call) => subjectOf(call) === id));
  const words = (subject: string, { from, to, ports }: Call): string =>
    to === subject ? `← ${names.get(from)}: ${ports.join(", ")}` : `→ ${names.get(to)}: ${ports.join(", ")}`;
  return html`<details class="traffic"><summary>${traffic.length} calls of the platform: ${platformPurposes.join(", ")}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="calls of the platform for ${system}"><table>
  <thead><tr><th scope="col">pods</th>${platformPurposes.map((purpose) => html`<th scope="col">${purpose}</th>`)}</tr></thead>
  <tbody>${subjects.map(
    ({ id, name }) =>
      html`<tr><th scope="row">${name}</th>${platformPurposes.map(
        (purpose) =>
          html`<td>${traffic
            .filter((call) => call.purpose === purpose && subjectOf(call) === id)
            .map((call) => html`<div>${words(id, call)}</div>`)}</td>`,
      )}</tr>\n`,
  )}</tbody>
</table></div></details>`;
}
