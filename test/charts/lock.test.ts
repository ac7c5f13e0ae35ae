import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CORE_SCHEMA, loadAll } from "js-yaml";
import { type Locked, readLock } from "../../model/charts/lock";
import { isRecord } from "../../model/facts/read";
import { isNamespaced } from "../../model/facts/scope";
import { reviewedStacks } from "../../model/reviewed";
import renderedValues from "./rendered-values.json";

/** Facts about charts' objects that were recorded elsewhere, kept beside the repository. */
const folder = join(__dirname, "../../../shared/reality/charts");

/** Digests of the values that those facts were rendered with: a release whose values have changed since has none to compare. */
const values: Readonly<Record<string, string>> = renderedValues;

const isComparable = ({ file, values: now }: Locked) =>
  now.startsWith(`sha256:${values[file]}`) && existsSync(join(folder, file));

const releases = existsSync(folder)
  ? reviewedStacks()
      .flatMap((stack) => readLock(stack))
      .filter(isComparable)
  : [];

const whenHere =
  releases.length > 0
    ? test.each(releases.map((release) => [release.file, release] as const))
    : test.skip.each([["", undefined]]);

whenHere("%s has every fact that others took of it", (file, release) => {
  const found = new Map(release?.objects.map((object) => [keyOf(object), object]));
  const differences = loadAll(readFileSync(join(folder, file), "utf8"), undefined, { schema: CORE_SCHEMA })
    .filter(isRecord)
    .map((object) =>
      isNamespaced(String(object.kind)) ? { namespace: release?.namespace, ...object } : object,
    )
    .flatMap((object) => lacking(object, found.get(keyOf(object)), keyOf(object)));
  expect(differences).toEqual([]);
});

function keyOf({ kind, namespace, name }: Readonly<Record<string, unknown>>): string {
  return [kind, namespace, name].join("/");
}

/** Paths at which `one` says what `other` does not. More in `other` is no difference, but as many items of a list have to be. */
function lacking(one: unknown, other: unknown, path: string): readonly string[] {
  if (isExplained(path, one)) {
    return [];
  }
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    return one.flatMap((item, index) => lacking(item, other[index], `${path}[${index}]`));
  }
  if (isRecord(one)) {
    const entries = isRecord(other) ? other : {};
    return Object.entries(one).flatMap(([key, value]) => lacking(value, entries[key], `${path}.${key}`));
  }
  return String(one) === String(other)
    ? []
    : [`${path}: ${JSON.stringify(one)}, here ${JSON.stringify(other)}`];
}

function isExplained(path: string, value: unknown): boolean {
  return (
    // Whole addresses here, where those facts have the namespace of `service.namespace:port`, and parts of images.
    path.endsWith(".urls") ||
    // Expressions that allow one value are labels here.
    (/Affinity\[\d+\]\.labels$/.test(path) && value === null) ||
    // An account of a binding that names no namespace is in the binding's.
    (typeof value === "string" && value.startsWith("ServiceAccount /")) ||
    // `secret:` without a name, which the API server takes for an empty directory.
    (path.endsWith(".volumes") && Array.isArray(value) && value.includes("secret None"))
  );
}
