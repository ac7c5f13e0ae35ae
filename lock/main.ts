import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { cachePaths } from "../cli/cache";
import { commandLine, run } from "../cli/command-line";
import { messageOf } from "../cli/errors";
import { Failure } from "../cli/failure";
import { consoleReporter } from "../cli/reporter";
import { readDigests } from "../model/charts/digests";
import { openDigest } from "../model/charts/header";
import { lockedStacks, lockFilesOf, lockFolder } from "../model/charts/lock";
import { reviewedStacks } from "../model/reviewed";
import { noDigests } from "../sandbox/providers/kubernetes/digests";
import { ChartArchives } from "../sandbox/providers/kubernetes/release/archives";
import { Charts } from "../sandbox/providers/kubernetes/release/charts";
import { ManifestSources } from "../sandbox/providers/kubernetes/yaml/sources";
import { ensureTools } from "../toolchain";
import { findingsOf } from "./findings";
import { type PlannedRelease, plannedReleases } from "./planned";
import { refresh } from "./refresh";
import { refreshDefinitions } from "./refresh-definitions";
import { addressesOf, reviewedPlans } from "./reviewed-plans";

interface Options {
  readonly stack?: string;
  readonly release?: string;
  readonly check?: true;
  readonly charts?: string;
  readonly acceptDigests?: true;
}

const program = commandLine(
  "lock",
  "Writes down what each release of the reviewed plans makes (model/charts), or checks that it is up to date.",
)
  .option("--stack <name>", "only this stack's releases")
  .option("--release <name>", "only the releases of this name")
  .option("--check", "write nothing; exit code 1 when plan and lock differ. Needs no network")
  .option(
    "--charts <folder>",
    "charts as folders or <chart>-<version>.tgz, and manifests/<file>, used before any repository or address; of a folder no digest is taken",
  )
  .option("--accept-digests", "take archives and manifests that differ from their digests in the lock")
  .action(run((options: Options) => (options.check ? checkLock() : refreshLock(options))));

function checkLock(): boolean {
  const { faults, releases, manifests, open } = findingsOf();
  for (const fault of faults) {
    process.stderr.write(`${fault}\n`);
  }
  const state = faults.length === 0 ? "up to date" : `${faults.length} stale`;
  process.stdout.write(
    `Chart lock: ${releases} releases and ${manifests} manifests, ${state}; ${open} digests are open until the first fetch.\n`,
  );
  return faults.length === 0;
}

async function refreshLock({ stack, release, charts: mirror, acceptDigests }: Options): Promise<boolean> {
  const reporter = consoleReporter();
  const plans = reviewedPlans();
  const planned = plans.flatMap(plannedReleases);
  const wanted = planned.filter(
    (one) => (stack ?? one.stack) === one.stack && (release ?? one.inputs.name) === one.inputs.name,
  );
  if (wanted.length === 0) {
    const names = [...new Set(planned.map((one) => one.inputs.name))].sort().join(", ");
    throw new Failure(
      `no plan has such a release; stacks: ${reviewedStacks().join(", ")}; releases: ${names}`,
    );
  }
  const { helm } = await ensureTools(["helm"], reporter);
  const digests = acceptDigests ? noDigests : readDigests();
  const folder = mirror && resolve(mirror);
  const charts = new Charts(new ChartArchives(helm, cachePaths.charts(), digests), folder);
  const failed: string[] = [];
  for (const one of wanted) {
    failed.push(...(await refreshOne(one, { helm, charts, folder: lockFolder })));
  }
  if (stack === undefined && release === undefined) {
    await removeSuperfluous(planned);
    const sources = new ManifestSources(folder, cachePaths.manifests(), digests);
    await refreshDefinitions(addressesOf(plans), sources, lockFolder);
  }
  if (failed.length > 0) {
    throw new Failure(
      `${failed.length} of ${wanted.length} releases are as they were:\n${failed.join("\n")}`,
    );
  }
  return true;
}

/** What is wrong with the release, after saying what came of it. */
async function refreshOne(
  release: PlannedRelease,
  tools: Parameters<typeof refresh>[1],
): Promise<readonly string[]> {
  try {
    const outcome = await refresh(release, tools);
    if (outcome.kind === "unavailable") {
      return [`${release.file}: ${outcome.why}`];
    }
    const open = outcome.digest === openDigest ? ", digest open: the chart is a folder" : "";
    process.stdout.write(`${release.file}: ${outcome.kind}${open}\n`);
    return [];
  } catch (error) {
    return [`${release.file}: ${messageOf(error)}`];
  }
}

async function removeSuperfluous(planned: readonly PlannedRelease[]): Promise<void> {
  const known = new Set(planned.map(({ file }) => join(lockFolder, file)));
  for (const { path } of lockedStacks().flatMap((stack) => lockFilesOf(stack))) {
    if (!known.has(path)) {
      await rm(path);
      process.stdout.write(`${path}: removed, no plan has its release\n`);
    }
  }
}

void program.parseAsync();
