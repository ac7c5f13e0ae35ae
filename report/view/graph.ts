import { type Html, html } from "../html";
import { layersOf } from "../model/layers";
import type { SystemGraph } from "../model/system-graph";

const box = { width: 190, height: 34, columnGap: 90, rowGap: 14 } as const;
const margin = 12;
const longestName = 25;

/** Calls as a drawing and as a list, which is accessible without seeing the drawing. */
export function graphView({ system, parties, calls }: SystemGraph): Html {
  const layers = layersOf(parties, calls);
  const rows = Math.max(...layers.map((layer) => layer.length));
  const width = layers.length * (box.width + box.columnGap) - box.columnGap + 2 * margin;
  const height = rows * (box.height + box.rowGap) - box.rowGap + 2 * margin;
  const places = new Map(
    layers.flatMap((layer, column) =>
      layer.map(({ id }, row) => {
        const offset = ((rows - layer.length) * (box.height + box.rowGap)) / 2;
        return [
          id,
          {
            x: margin + column * (box.width + box.columnGap),
            y: margin + offset + row * (box.height + box.rowGap),
          },
        ] as const;
      }),
    ),
  );
  const nameOf = (id: string): string => parties.find((party) => party.id === id)?.name ?? id;
  const lines = calls.map(({ from, to, ports }) => {
    const [start, end] = [places.get(from), places.get(to)];
    return start && end
      ? arrow(start, end, `${nameOf(from)} calls ${nameOf(to)} on ${ports.join(", ")}`)
      : undefined;
  });
  const marker = `arrow-${system}`;
  return html`<section class="card" aria-labelledby="graph-${system}">
  <h3 id="graph-${system}">${system}</h3>
  <div class="scroll" tabindex="0" role="region" aria-label="drawing of ${system}">
    <svg viewBox="0 0 ${width} ${height}" style="min-width:${Math.min(width, 900)}px;max-width:${width}px" role="img" aria-label="${parties.length} parties and ${calls.length} calls of ${system}; the list below has them in words">
      <defs><marker id="${marker}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker></defs>
      <g class="calls" marker-end="url(#${marker})">${lines}</g>
      ${parties.map(({ id, name, outside }) => {
        const place = places.get(id);
        return place && partyBox(name, outside, place);
      })}
    </svg>
  </div>
  <details><summary>${calls.length} calls, in words</summary>
    <ul class="calls-list">${calls.map(({ from, to, ports }) => html`<li>${nameOf(from)} → ${nameOf(to)}: ${ports.join(", ")}</li>`)}</ul>
  </details>
</section>`;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function partyBox(name: string, outside: boolean, { x, y }: Place): Html {
  const shown = name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
  return html`<g><title>${name}</title><rect class="${outside ? "party outside" : "party"}" x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="6"/><text x="${x + box.width / 2}" y="${y + box.height / 2 + 4}">${shown}</text></g>`;
}

function arrow(start: Place, end: Place, title: string): Html {
  const forward = end.x > start.x;
  const [fromX, toX] = [start.x + box.width, forward ? end.x : end.x + box.width];
  const [fromY, toY] = [start.y + box.height / 2, end.y + box.height / 2];
  const bend = forward ? (toX - fromX) / 2 : box.columnGap;
  return html`<path marker-end="inherit" d="M${fromX} ${fromY}C${fromX + bend} ${fromY} ${forward ? toX - bend : toX + bend} ${toY} ${toX} ${toY}"><title>${title}</title></path>`;
}
