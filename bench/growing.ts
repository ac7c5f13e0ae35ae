import type { Table } from "../cli/table";
import { measure } from "./command";
import { preview } from "./previews";
import { growth } from "./projects";
import { type Section, seconds } from "./section";

const sizes = [1, 4, 16];

/** Whether time grows with the systems as a straight line does: each further system takes as long as the one before. */
export const growing: Section = {
  name: "growth",
  title: "Growth: as many systems of four services and a job on one cluster",
  async run() {
    const measured: { readonly systems: number; readonly up: number; readonly preview: number }[] = [];
    const rows: Table[number][] = [];
    for (const systems of sizes) {
      const project = growth(systems);
      const before = await preview(project);
      const up = await measure("up", project);
      await measure("destroy", project);
      const last = measured.at(-1);
      const now = { systems, up: up.seconds, preview: before.seconds };
      const each = (of: "up" | "preview"): string =>
        last ? seconds((now[of] - last[of]) / (systems - last.systems)) : "";
      rows.push([
        String(systems),
        String(up.summary.changes.create ?? 0),
        ...[seconds(now.preview), each("preview"), seconds(now.up), each("up")],
      ]);
      measured.push(now);
    }
    return [[["systems", "resources", "preview", "each further", "up", "each further"], ...rows]];
  },
};
