import { markdownTable } from "../cli/table";
import { memoryFigure } from "../facts/memory-figures";
import { modelOf } from "../model/expand";
import { readPlan } from "../model/read-plan";
import { reviewedStacks } from "../model/reviewed";
import { limitedContainers } from "../proofs/hygiene/memory";

const introduction = `# Memory limits

What each container of a data store and of observability may take, and the figure behind it. \`make prove\` refuses a limit without a figure, and one
that is below it: [hygiene](../proofs.md#hygiene). Figures are in \`facts/memory-figures.ts\`.

- **Limit**: the smallest to the largest of the reviewed plan of the stack.
- **Takes**: at that limit. Software that sizes itself by its limit takes a share of it.
- **Known**: *documented* by its makers, *measured* by somebody who ran it, or *reckoned* from what it holds at this size; the last are to be
  held against \`container_memory_working_set_bytes\` once there is load.

This page is generated from the reviewed plans by \`npm run docs\`.
`;

interface Row {
  readonly image: string;
  readonly container: string;
  /** Limits in MiB, by stack. */
  readonly limits: Map<string, Set<number>>;
}

/** The reference page of memory limits. */
export function memoryPage(): string {
  const stacks = reviewedStacks();
  const rows = new Map<string, Row>();
  for (const stack of stacks) {
    for (const { container, image, limit } of limitedContainers(modelOf(readPlan(stack)))) {
      const name = image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
      const figure = memoryFigure(image, container);
      if (figure === undefined || limit === undefined) continue;
      const key = `${name} ${figure.container ?? ""}`;
      const row = rows.get(key) ?? { image: name, container: figure.container ?? "", limits: new Map() };
      rows.set(key, row);
      row.limits.set(stack, (row.limits.get(stack) ?? new Set()).add(limit));
    }
  }
  const sorted = [...rows.entries()].sort(([left], [right]) => (left < right ? -1 : 1));
  return [
    introduction,
    markdownTable([
      ["Software", ...stacks.map((stack) => `${stack}: limit, takes`), "Known", "Because"],
      ...sorted.map(([, row]) => cellsOf(row, stacks)),
    ]),
    "",
  ].join("\n");
}

function cellsOf({ image, container, limits }: Row, stacks: readonly string[]): readonly string[] {
  const figure = memoryFigure(image, container);
  return [
    `\`${image}\`${container === "" ? "" : ` (${container})`}`,
    ...stacks.map((stack) => {
      const all = [...(limits.get(stack) ?? [])].sort((left, right) => left - right);
      return all.length === 0
        ? "none"
        : all.map((limit) => `${limit}, ${Math.ceil(figure?.takes(limit) ?? 0)} MiB`).join("; ");
    }),
    figure?.knownBy ?? "",
    figure?.because ?? "",
  ];
}
