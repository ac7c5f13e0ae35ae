import { type Html, html } from "../html";
import type { Call, Party, SystemGraph } from "../model/call";
import { layersOf } from "../model/layers";
import { trafficView } from "./traffic";

const box = { width: 170, height: 28, columnGap: 64, rowGap: 12 } as const;
const margin = 8;
const longestName = 24;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A system's own calls as a drawing and as a list, which is accessible without seeing the drawing; then the platform's. */
export function graphView(graph: SystemGraph): Html {
  const { system, cluster, parties, calls } = graph;
  const own = calls.filter(({ purpose }) => purpose === "own");
  const nameOf = nameIn(parties);
  return html`<section class="card" aria-labelledby="graph-${system}">
  <h3 id="graph-${system}">${system} <small>on ${cluster}</small></h3>
  <a class="skip" href="#after-${system}">past the drawing of ${system}</a>
  <div class="scroll" role="region" aria-label="drawing of ${system}">${drawing(graph)}</div>
  <details id="after-${system}"><summary>${own.length} calls, in words</summary>
    <ul class="calls-list">${own.map(({ from, to, ports }) => html`<li>${nameOf(from)} → ${nameOf(to)}: ${ports.join(", ")}</li>`)}</ul>
  </details>
  ${trafficView(graph)}
</section>`;
}

/** A system's own calls; a party or a call that is pointed at, tapped or focused is followed. */
export function drawing({ system, parties, calls }: SystemGraph): Html {
  const own = calls.filter(({ purpose }) => purpose === "own");
  const drawn = parties.filter(({ id }) => own.some(({ from, to }) => from === id || to === id));
  const layers = layersOf(drawn, own);
  const rows = Math.max(0, ...layers.map((layer) => layer.length));
  const width = layers.length * (box.width + box.columnGap) - box.columnGap + 2 * margin;
  const height = rows * (box.height + box.rowGap) - box.rowGap + 2 * margin;
  const places = new Map(
    layers.flatMap((layer, column) =>
      layer.map((party, row) => [party.id, placeOf(column, row, layer, rows)] as const),
    ),
  );
  const numbers = new Map(layers.flat().map(({ id }, index) => [id, index]));
  const nameOf = nameIn(parties);
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-label="${drawn.length} parties and ${own.length} calls of ${system}; the list below has them in words">
<defs><marker id="arrow-${system}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker></defs>
${own.map((call) => {
  const [start, end] = [places.get(call.from), places.get(call.to)];
  const title = `${nameOf(call.from)} calls ${nameOf(call.to)} on ${call.ports.join(", ")}`;
  const ends = `of-${numbers.get(call.from)} of-${numbers.get(call.to)}`;
  return (
    start &&
    end &&
    html`<g class="call ${ends}" tabindex="0" role="img" aria-label="${title}">${arrow(call, start, end, `arrow-${system}`)}<title>${title}</title></g>\n`
  );
})}${drawn.map((party) => {
  const place = places.get(party.id);
  return place && partyBox(party, place, numbers.get(party.id) ?? 0);
})}</svg>`;
}

/** Names of parties by their identity. */
export function nameIn(parties: readonly Party[]): (id: string) => string {
  const names = new Map(parties.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}

function placeOf(column: number, row: number, layer: readonly Party[], rows: number): Place {
  const step = box.height + box.rowGap;
  return {
    x: margin + column * (box.width + box.columnGap),
    y: margin + ((rows - layer.length) * step) / 2 + row * step,
  };
}

function partyBox({ id, name, role }: Party, { x, y }: Place, number: number): Html {
  const shown = name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
  return html`<g class="party-${number}" tabindex="0" role="img" aria-label="${id}"><title>${id}</title><rect class="party ${role}" x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="${role === "store" ? 14 : 5}"/><text x="${x + box.width / 2}" y="${y + box.height / 2 + 4}">${shown}</text></g>\n`;
}

/** The line, a broad one that is easy to hit, and the ports, which show when the call is followed. */
function arrow({ ports }: Call, start: Place, end: Place, marker: string): Html {
  const forward = end.x > start.x;
  const [fromX, toX] = [start.x + box.width, forward ? end.x : end.x + box.width];
  const [fromY, toY] = [start.y + box.height / 2, end.y + box.height / 2];
  const bend = forward ? Math.max(box.columnGap / 2, (toX - fromX) / 2) : box.columnGap;
  const line = `M${fromX} ${fromY}C${fromX + bend} ${fromY} ${forward ? toX - bend : toX + bend} ${toY} ${toX} ${toY}`;
  return html`<path class="hit" d="${line}"/><path class="line" marker-end="url(#${marker})" d="${line}"/><text class="ports" x="${toX + (forward ? -box.columnGap / 2 : box.columnGap / 2)}" y="${toY - 5}">${ports.join(", ")}</text>`;
}

/** Style of followed parties, by their number in a drawing. */
export function followStyle(parties: number): string {
  return Array.from({ length: parties }, (_, number) => {
    const [party, calls] = [`.party-${number}`, `.of-${number}`];
    const followed = `.drawing:has(${party}:is(:hover,:focus))`;
    return [
      `${followed} .call:not(${calls}){opacity:.08}`,
      `${followed} ${calls} .ports{visibility:visible}`,
      `.drawing:has(${calls}:is(:hover,:focus)) ${party} rect,${followed} ${party} rect{stroke-width:3}`,
    ].join("\n");
  }).join("\n");
}
