import type { CustomResource } from "../../model/operators/operator";
import type { Neighbours, OperatedPod } from "./operated";
import { changed, type Path, valueAt } from "./recorder";
import { Setting, type Spec } from "./setting";

/** Another value at a path; undefined takes away what is there. */
export type Change = readonly [path: Path, value: unknown];

/** A name that no container has by itself. */
const ownName = "name-of-the-resource";

/** A custom resource in which values are changed, to see what operators make of that. */
export class Sample {
  readonly #setting: Setting;
  readonly #spec: Spec;

  /** Every path of the specification that operators read, whether the resource has something there or not. */
  readonly paths: readonly Path[];
  /** What operators make with it as it is. */
  readonly pods: readonly OperatedPod[];

  constructor(resource: CustomResource, neighbours: Neighbours) {
    const setting = new Setting(resource, neighbours);
    const renamed = setting.renamed(ownName);
    this.#setting = isReadAlike(setting, renamed, resource.spec) ? renamed : setting;
    this.#spec = switchedOn(this.#setting, grown(this.#setting, resource.spec));
    this.paths = this.#setting.pathsReadOf(this.#spec);
    this.pods = this.#setting.podsWith(this.#spec);
  }

  get name(): string {
    return this.#setting.name;
  }

  /** The pods after changes; undefined where an operator refuses them. */
  podsWith(...changes: readonly Change[]): readonly OperatedPod[] | undefined {
    try {
      return this.#setting.podsWith(
        changes.reduce((spec, [path, value]) => changed(spec, path, value), this.#spec),
      );
    } catch {
      return undefined;
    }
  }
}

/** Whether as much comes of it under another name: not where others refer to it by the one that it has. */
function isReadAlike(setting: Setting, renamed: Setting, spec: Spec): boolean {
  return (
    renamed.pathsReadOf(spec).length === setting.pathsReadOf(spec).length &&
    renamed.podsWith(spec).length === setting.podsWith(spec).length
  );
}

/** With every object that operators look for, where they look into it. */
function grown(
  setting: Setting,
  spec: Spec,
  paths = setting.pathsReadOf(spec),
  tried: ReadonlySet<string> = new Set(),
): Spec {
  const next = paths.find((path) => !tried.has(path.join(".")) && valueAt(spec, path) === undefined);
  if (next === undefined) {
    return spec;
  }
  const bigger = changed(spec, next, {});
  const pathsInBigger = setting.pathsReadOf(bigger);
  const triedNow = new Set([...tried, next.join(".")]);
  return pathsInBigger.some((path) => isBelow(path, next))
    ? grown(setting, bigger, pathsInBigger, triedNow)
    : grown(setting, spec, paths, triedNow);
}

function switchedOn(setting: Setting, spec: Spec): Spec {
  return setting
    .pathsReadOf(spec)
    .filter(isSwitch)
    .reduce((before, path) => {
      const after = changed(before, path, true);
      return setting.pathsReadOf(after).length > 0 ? after : before;
    }, spec);
}

/** Whether a path leads into what is at another. */
export function isBelow(path: Path, other: Path): boolean {
  return path.length > other.length && other.every((key, index) => path[index] === key);
}

/** Whether a path is that of a switch which has something made. */
export function isSwitch(path: Path): boolean {
  return path.at(-1) === "enabled" && !isInList(path);
}

/** Whether a path leads through one item of a list. */
export function isInList(path: Path): boolean {
  return path.some((key) => /^\d+$/.test(key));
}
