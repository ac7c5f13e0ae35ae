import { type AtLevels, atLevels, levels } from "../levels";
import type { Cost, CostLine } from "./cost";
import { change, dollars } from "./money";
import { priceSources } from "./text";

/** What one line cost before and costs after a change; nothing where a plan does not have it. */
export interface LineDelta {
  readonly item: string;
  readonly before: AtLevels;
  readonly after: AtLevels;
}

const nothing: AtLevels = { minimum: 0, desired: 0, maximum: 0 };

/** The lines whose cost a change touches, in the order of the plan after it, with what it takes away last. */
export function deltaOf(base: Cost, head: Cost): readonly LineDelta[] {
  const [before, after] = [linesOf(base), linesOf(head)];
  const items = [...new Set([...after.keys(), ...before.keys()])];
  return items
    .map((item) => ({ item, before: before.get(item) ?? nothing, after: after.get(item) ?? nothing }))
    .filter((line) => levels.some((level) => line.before[level] !== line.after[level]));
}

/** The change of a stack's cost as Markdown, short enough for a comment on a pull request. */
export function deltaMarkdown(base: Cost, head: Cost): string {
  const lines = deltaOf(base, head);
  const total = atLevels((level) => head.total[level] - base.total[level]);
  const title = `### Cost of ${head.stack}: ${change(total.desired)} a month at its desired size`;
  if (lines.length === 0) {
    return `${title}\n\nNothing that has a price changes: ${dollars(head.total.desired)} a month.\n`;
  }
  return [
    title,
    "",
    "| US dollars a month | minimum | desired | maximum |",
    "| --- | ---: | ---: | ---: |",
    ...lines.map(({ item, before, after }) => row(escaped(item), before, after)),
    row("**in all**", base.total, head.total),
    "",
    `<sub>${priceSources}</sub>`,
    "",
  ].join("\n");
}

function row(item: string, before: AtLevels, after: AtLevels): string {
  const cells = levels.map((level) =>
    before[level] === after[level]
      ? dollars(after[level])
      : `${dollars(before[level])} → ${dollars(after[level])} (${change(after[level] - before[level])})`,
  );
  return `| ${[item, ...cells].join(" | ")} |`;
}

function linesOf({ pools, fixed }: Cost): ReadonlyMap<string, AtLevels> {
  return new Map([...pools, ...fixed].map(({ item, usd }: CostLine) => [item, usd]));
}

function escaped(item: string): string {
  return item.replaceAll("|", "\\|");
}
