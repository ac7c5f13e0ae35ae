import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type LockHeader, openDigest } from "../model/charts/header";
import { parseLockHeader, renderLockFile } from "../model/charts/lock-file";
import type { ChartSource, Charts } from "../sandbox/providers/kubernetes/release/charts";
import { refreshCommand } from "./check";
import type { PlannedRelease } from "./planned";
import { objectsOf } from "./render";

/** What came of one release. */
export type Outcome =
  | { readonly kind: "written" | "unchanged"; readonly digest: LockHeader["digest"] }
  | { readonly kind: "unavailable"; readonly why: string };

export interface Tools {
  /** The `helm` command. */
  readonly helm: string;
  readonly charts: Pick<Charts, "find">;
  /** The lock's folder. */
  readonly folder: string;
}

/**
 * Renders a release and writes its lock file.
 *
 * @throws Error when the chart is another than the lock knows, or does not render
 */
export async function refresh(release: PlannedRelease, { helm, charts, folder }: Tools): Promise<Outcome> {
  const source = await charts.find(release.inputs);
  if (source.kind === "unavailable") {
    return source;
  }
  const path = join(folder, release.file);
  const before = existsSync(path) ? await readFile(path, "utf8") : undefined;
  const { inputs, values, kubernetes } = release;
  const { name, namespace, chart, version, repository } = inputs;
  const digest = digestOf(release, source, before);
  const text = renderLockFile(
    {
      release: name,
      namespace,
      chart,
      version: version ?? "",
      repository: repository?.url,
      digest,
      values,
      kubernetes,
      objects: await objectsOf(release, helm, source.path),
    },
    refreshCommand(release),
  );
  if (text === before) {
    return { kind: "unchanged", digest };
  }
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return { kind: "written", digest };
}

/** The archive's; of a folder, which has none, what is known of the same chart and version. */
function digestOf(
  { file, inputs }: PlannedRelease,
  source: Extract<ChartSource, { kind: "found" }>,
  before: string | undefined,
): LockHeader["digest"] {
  if (source.digest !== undefined) {
    return source.digest;
  }
  const known = before === undefined ? undefined : parseLockHeader(before, file);
  return known?.chart === inputs.chart && known.version === inputs.version ? known.digest : openDigest;
}
