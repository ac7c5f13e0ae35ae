import { snapshot, type Value } from "../value";

/** The documents in a YAML text. */
export function yamlIn(text: string): readonly Value[] {
  // Loaded only where there is YAML, to keep other runs fast.
  const { parseAllDocuments }: typeof import("yaml") = require("yaml");
  return parseAllDocuments(text).map((document) => snapshot(document.toJS()));
}
