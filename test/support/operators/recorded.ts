import { readdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { parseAllDocuments } from "yaml";
import { type ObjectFacts, objectFacts } from "../../../model/facts/object";

/** What an operator really made of one custom resource. */
export interface Recording {
  /** `kind-namespace-name` of the custom resource. */
  readonly name: string;
  readonly facts: readonly ObjectFacts[];
}

/** Recordings of a folder, one file each: YAML with a document for each object, or a line of JSON for each. */
export function readRecordings(folder: string): readonly Recording[] {
  return readdirSync(folder).map((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    const objects: readonly unknown[] =
      extname(file) === ".jsonl"
        ? text
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line))
        : parseAllDocuments(text).map((document) => document.toJS());
    return { name: basename(file, extname(file)), facts: objects.map((one) => objectFacts.parse(one)) };
  });
}
