/** A heading, with one row below it for each thing that the table is about. */
export type Table = readonly (readonly string[])[];

/** Columns of text, each as wide as its widest cell; the first row is the heading. */
export function textTable(rows: Table): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A table in Markdown; the first row is the heading. Bars within cells are escaped. */
export function markdownTable([heading = [], ...rows]: Table): string {
  return [markdownRow(heading), markdownRow(heading.map(() => "---")), ...rows.map(markdownRow)].join("\n");
}

function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
