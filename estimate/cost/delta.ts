import { type AtLevels, atLevels, levels } from "../levels";
import type { Cost } from "./cost";
import type { CostLine } from "./cost-line";
import { change, dollars } from "./money";
import { priceSources } from "./text";

/** What one line cost before and costs after a change; nothing where a plan does not have it. */
export interface LineDelta {
  readonly item: string;
  readonly before: AtLevels;
  readonly after: AtLevels;
}

const nothing: AtLevels = { minimum: 0, desired: 0, maximum: 0 };

/** The lines that a change makes cost other whole dollars, in the order of the plan after it, with what it takes away last. */
export function deltaOf(base: readonly CostLine[], head: readonly CostLine[]): readonly LineDelta[] {
  const [before, after] = [byItem(base), byItem(head)];
  const items = [...new Set([...after.keys(), ...before.keys()])];
  return items
    .map((item) => ({ item, before: before.get(item) ?? nothing, after: after.get(item) ?? nothing }))
    .filter((line) => levels.some((level) => differs(line.before[level], line.after[level])));
}

/** The change of a stack's cost as Markdown, short enough for a comment on a pull request. */
export function deltaMarkdown(base: Cost, head: Cost): string {
  const lines = deltaOf([...base.pools, ...base.fixed], [...head.pools, ...head.fixed]);
  const systems = deltaOf(base.systems, head.systems);
  const total = atLevels((level) => head.total[level] - base.total[level]);
  return [
    `### Cost of ${head.stack}: ${change(total.desired)} a month at its desired size`,
    ...(lines.length > 0
      ? [
          table("US dollars a month", [
            ...lines,
            { item: "**in all**", before: base.total, after: head.total },
            { item: "saved by spot nodes", before: base.spotSavings, after: head.spotSavings },
          ]),
        ]
      : [`Nothing that has a price changes: ${dollars(head.total.desired)} a month.`]),
    ...(systems.length > 0 ? [table("by system", systems)] : []),
    ...without("new, without a price, and not counted", head.unpriced, base.unpriced),
    ...without("gone, and never counted, because their price is unknown", base.unpriced, head.unpriced),
    ...(lines.length + systems.length > 0 ? [`<sub>${priceSources}</sub>`] : []),
  ]
    .join("\n\n")
    .concat("\n");
}

function table(caption: string, lines: readonly LineDelta[]): string {
  return [
    `| ${[caption, ...levels].join(" | ")} |`,
    "| --- | ---: | ---: | ---: |",
    ...lines.map(({ item, before, after }) => row(item.replaceAll("|", "\\|"), before, after)),
  ].join("\n");
}

function row(item: string, before: AtLevels, after: AtLevels): string {
  const cells = levels.map((level) =>
    differs(before[level], after[level])
      ? `${dollars(before[level])} → ${dollars(after[level])} (${change(after[level] - before[level])})`
      : dollars(after[level]),
  );
  return `| ${[item, ...cells].join(" | ")} |`;
}

/** What only one of two plans has, a line for each. */
function without(what: string, these: readonly string[], those: readonly string[]): readonly string[] {
  const found = these.filter((one) => !those.includes(one));
  return found.length > 0 ? [found.map((one) => `- ${what}: ${one}`).join("\n")] : [];
}

function byItem(lines: readonly CostLine[]): ReadonlyMap<string, AtLevels> {
  return new Map(lines.map(({ item, usd }) => [item, usd]));
}

function differs(before: number, after: number): boolean {
  return change(after - before) !== change(0);
}
