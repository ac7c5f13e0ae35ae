import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { objectsOf } from "../kubernetes/embedded";
import { at, isObject, items, unknown, type Value } from "../value";
import { chartOnDisk } from "./charts";

/** What a release would create in its cluster; undefined when its chart or Helm is not available. */
export type Rendering =
  | { readonly objects: readonly Value[] }
  /** Helm's own words. */
  | { readonly fault: string }
  | undefined;

/** Milliseconds until rendering a chart is aborted. */
const patience = 60_000;

/**
 * Renders a release as Helm would install it, without cluster and network.
 *
 * @param release properties of the release; nothing is rendered while a property that matters is unknown
 * @param charts folder of charts; empty for none
 * @param helm the command; from the PATH by default
 */
export function render(release: Value, charts: string, helm = "helm"): Rendering {
  const [chart, name, namespace, version] = ["chart", "name", "namespace", "version"].map((field) =>
    at(release, field),
  );
  const values = at(release, "values") ?? {};
  // Values files are assets of the engine, whose content a policy does not receive.
  const files = at(release, "valueYamlFiles");
  const hasFiles = files === unknown || items(files).length > 0;
  if (typeof chart !== "string" || version === unknown || hasFiles || holdsUnknown(values)) return undefined;
  const path = chartOnDisk(
    {
      chart,
      version: typeof version === "string" ? version : undefined,
      isRemote: at(release, "repositoryOpts", "repo") !== undefined,
    },
    charts,
    // The engine starts the pack in its own folder; the program is in the folder above.
    dirname(process.cwd()),
  );
  if (path === undefined) return undefined;
  const { status, stdout, stderr } = spawnSync(
    helm,
    [
      "template",
      typeof name === "string" ? name : "release",
      path,
      "--namespace",
      typeof namespace === "string" ? namespace : "default",
      "--skip-tests",
      "--values",
      "-",
    ],
    { input: JSON.stringify(values), encoding: "utf8", timeout: patience, maxBuffer: 64 * 1024 * 1024 },
  );
  // No status means that Helm is missing or did not end.
  if (status === null) return undefined;
  return status === 0 ? { objects: objectsOf(stdout) } : { fault: lastWords(stderr) };
}

function holdsUnknown(value: Value): boolean {
  if (value === unknown) return true;
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isObject(value) && Object.values(value).some(holdsUnknown);
}

function lastWords(stderr: string): string {
  const [, words = stderr] = /^Error: (.*)/ms.exec(stderr) ?? [];
  return words.trim().split("\n").slice(0, 3).join(" ");
}
