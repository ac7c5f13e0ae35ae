/** Markup that may stand in a page as it is. */
export class Html {
  constructor(readonly markup: string) {}

  toString(): string {
    return this.markup;
  }
}

type Insert = Html | string | number | undefined | readonly Insert[];

/** A template of markup: what is inserted is text and is escaped, unless it is markup itself. Undefined is nothing. */
export function html(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Html {
  return new Html(parts.map((part, index) => part + markupOf(inserts[index])).join(""));
}

function markupOf(insert: Insert): string {
  if (insert === undefined) {
    return "";
  }
  if (insert instanceof Html) {
    return insert.markup;
  }
  if (typeof insert === "object") {
    return insert.map(markupOf).join("");
  }
  return escaped(String(insert));
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
