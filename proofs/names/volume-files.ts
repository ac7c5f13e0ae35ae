import { at, booleanAt, listAt, textAt } from "../../model/facts/read";
import type { Model, Workload } from "../../model/model";

/** The files of a volume that Secrets or ConfigMaps fill. */
export interface Files {
  /** `ConfigMap scripts`; of a projected volume all that it is made of. */
  readonly of: string;
  /** The first parts of the paths of its files; undefined where something else fills it, too. */
  readonly paths: readonly string[] | undefined;
  /** Keys that the volume picks, and that are not there. */
  readonly missing: readonly {
    readonly key: string;
    readonly of: string;
    readonly keys: readonly string[];
  }[];
}

/** The files of a volume; undefined where no Secret or ConfigMap fills it, or their keys are not known. */
export function filesOf(model: Model, workload: Workload, volume: unknown): Files | undefined {
  const projected = at(volume, "projected");
  const sources =
    projected === undefined
      ? [sourceOf(model, workload, volume, "secretName")]
      : listAt(projected, "sources").map((source) => sourceOf(model, workload, source, "name"));
  const known = sources.flatMap((source) => source ?? []);
  if (known.length === 0) return undefined;
  const paths = known.flatMap(({ items, keys }) =>
    items.length === 0 ? keys : items.map(({ path }) => path.split("/")[0] ?? ""),
  );
  return {
    of: known.map(({ of }) => of).join(" and "),
    paths: known.length < sources.length ? undefined : paths,
    missing: known.flatMap(({ of, items, keys, isOptional }) =>
      isOptional ? [] : items.filter(({ key }) => !keys.includes(key)).map(({ key }) => ({ key, of, keys })),
    ),
  };
}

interface Source {
  readonly of: string;
  readonly keys: readonly string[];
  readonly items: readonly { readonly key: string; readonly path: string }[];
  readonly isOptional: boolean;
}

/** @param secretField what the name of a Secret is under: `secretName` in a volume, `name` in a projected one. */
function sourceOf(
  model: Model,
  { cluster, namespace }: Workload,
  source: unknown,
  secretField: "secretName" | "name",
): Source | undefined {
  const kind = at(source, "secret") !== undefined ? "Secret" : "ConfigMap";
  const part = at(source, kind === "Secret" ? "secret" : "configMap");
  const name = textAt(part, kind === "Secret" ? secretField : "name") ?? "";
  const keys = model.find({ cluster, kind, namespace, name })?.keys;
  return part === undefined || keys === undefined
    ? undefined
    : {
        of: `${kind} ${name}`,
        keys,
        items: listAt(part, "items").flatMap((item) => {
          const [key, path] = [textAt(item, "key"), textAt(item, "path")];
          return key === undefined || path === undefined ? [] : [{ key, path }];
        }),
        isOptional: booleanAt(part, "optional") === true,
      };
}
