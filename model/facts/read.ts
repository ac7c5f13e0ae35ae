type Path = readonly (string | number)[];

/** The value at a path; undefined as soon as a step is missing. */
export function at(value: unknown, ...path: Path): unknown {
  return path.reduce<unknown>((found, step) => {
    if (Array.isArray(found)) {
      return typeof step === "number" ? found[step] : undefined;
    }
    return isRecord(found) ? found[String(step)] : undefined;
  }, value);
}

/** A non-empty text. Undefined for anything else, because charts leave nulls and empty texts behind. */
export function textAt(value: unknown, ...path: Path): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" && found !== "" ? found : undefined;
}

export function numberAt(value: unknown, ...path: Path): number | undefined {
  const found = at(value, ...path);
  return typeof found === "number" ? found : undefined;
}

export function booleanAt(value: unknown, ...path: Path): boolean | undefined {
  const found = at(value, ...path);
  return typeof found === "boolean" ? found : undefined;
}

/** A port, a budget or a quantity, which may be a number or a text. */
export function numberOrTextAt(value: unknown, ...path: Path): number | string | undefined {
  return numberAt(value, ...path) ?? textAt(value, ...path);
}

export function listAt(value: unknown, ...path: Path): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The texts of a list. */
export function textsAt(value: unknown, ...path: Path): readonly string[] {
  return listAt(value, ...path).filter((one) => typeof one === "string");
}

export function entriesAt(value: unknown, ...path: Path): readonly (readonly [string, unknown])[] {
  const found = at(value, ...path);
  return isRecord(found) ? Object.entries(found) : [];
}

/** A map of texts, such as labels or quantities; numbers become texts. Undefined when it is empty. */
export function mapAt(value: unknown, ...path: Path): Record<string, string> | undefined {
  const entries = entriesAt(value, ...path).flatMap(([key, one]) =>
    typeof one === "string" || typeof one === "number" ? [[key, String(one)] as const] : [],
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** The list, or undefined when it is empty: empty lists are no facts. */
export function some<Item>(list: readonly Item[]): Item[] | undefined {
  return list.length === 0 ? undefined : [...list];
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
