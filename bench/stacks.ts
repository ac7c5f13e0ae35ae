import type { Table } from "../cli/table";
import { measure } from "./command";
import { preview, runs } from "./previews";
import { floor, ours } from "./projects";
import { gibibytes, ratio, type Section, seconds } from "./section";

type Row = Table[number];

/** What each stack takes from its first preview to its end, against as many resources without a program. */
export const stacks: Section = {
  name: "stacks",
  title: `Stacks: previews are the median of ${runs} after a warm-up, all else was done once`,
  async run() {
    const previews: Row[] = [];
    const lives: Row[] = [];

    async function live(stack: string, meanwhile = async () => {}): Promise<void> {
      const own = ours(stack);
      const first = await preview(own);
      const up = await measure("up", own);
      const again = await measure("up", own);
      const unchanged = await measure("preview", own, "--no-refresh");
      await meanwhile();
      const down = await measure("destroy", own);

      const resources = first.summary.changes.create ?? 0;
      const least = floor(resources);
      const leastPreview = await preview(least);
      const leastUp = await measure("up", least);
      await measure("destroy", least);
      previews.push([
        ...[stack, String(resources), seconds(first.firstResource), seconds(first.seconds)],
        ...[
          seconds(leastPreview.seconds),
          ratio(first.seconds, leastPreview.seconds),
          gibibytes(first.memory),
        ],
      ]);
      lives.push([
        ...[stack, seconds(up.seconds), seconds(leastUp.seconds), ratio(up.seconds, leastUp.seconds)],
        ...[seconds(again.seconds), seconds(unchanged.seconds), ratio(again.seconds, unchanged.seconds)],
        ...[seconds(down.seconds), gibibytes(up.memory)],
      ]);
    }

    await live("dev");
    // What staging has on Linode is prod's cluster.
    await live("prod", () => live("staging"));
    return [
      [["stack", "resources", "to first resource", "preview", "floor", "ratio", "memory"], ...previews],
      [["stack", "up", "floor", "ratio", "up again", "preview", "ratio", "destroy", "memory"], ...lives],
    ];
  },
};
