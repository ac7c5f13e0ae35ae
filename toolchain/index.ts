import { join } from "node:path";
import { cachePaths } from "../cli/cache";
import { messageOf } from "../cli/errors";
import { withLock } from "../cli/lock";
import type { Reporter } from "../cli/reporter";
import { buildTool, findGoFor, prefetch } from "./build";
import { findBuilt } from "./cache";
import { BuildError } from "./go";
import { findInstalled, type Installed, wantedVersion } from "./installed";
import { moduleOf } from "./modules";
import { Progress } from "./progress";
import { showProgress } from "./progress-view";
import { fetchRelease, findRelease } from "./release";
import { inOrderOfNeed, type ToolName } from "./tools";
import { pinnedVersion } from "./versions";

export { BuildError } from "./go";
export {
  type ControlPlaneTools,
  controlPlaneTools,
  type ToolName,
  type Tools,
  testToolNames,
  toolNames,
} from "./tools";

/** Tools on their way: some may be used while the rest is still built. */
export interface Preparation<Name extends ToolName> {
  /**
   * Absolute paths of these tools, once they are there.
   * @throws BuildError that says what to do
   */
  have<Some extends Name>(names: readonly Some[]): Promise<Readonly<Record<Some, string>>>;
}

/** How tools come that are not there; tests have ways of their own. */
export interface Ways {
  /** Downloads Pulumi's own release, or says why it is not available. */
  readonly fetchPulumi: (stop: AbortSignal) => Promise<string>;
}

/**
 * Looks for tools: on the PATH where the version fits, else in the cache; what is missing is fetched or built into the cache,
 * in the order in which a run needs it. Two runs at once build one after the other; an interrupted build leaves nothing that
 * a later run takes for a tool.
 */
export function prepareTools<Name extends ToolName>(
  names: readonly Name[],
  reporter: Reporter,
  ways: Ways = { fetchPulumi: fetchRelease },
): Preparation<Name> {
  const paths = new Map(names.map((name): [ToolName, Arrival] => [name, new Arrival()]));
  const arrived = (name: ToolName, path: string): void => paths.get(name)?.come(path);
  void provide(names, reporter, ways, arrived).then(
    () => fail(new BuildError(`Not all of ${names.join(", ")} were found or built.`)),
    fail,
  );
  /** Those that have come stay as they are. */
  function fail(error: unknown): void {
    for (const arrival of paths.values()) arrival.fail(error);
  }
  return {
    have: async <Some extends Name>(some: readonly Some[]) => {
      const found: Partial<Record<Some, string>> = {};
      for (const name of some) {
        found[name] = await paths.get(name)?.path;
      }
      if (!hasAll(found, some)) {
        throw new BuildError(`Not all of ${some.join(", ")} were asked for.`);
      }
      return found;
    },
  };
}

/**
 * Absolute paths of tools, as {@link prepareTools} finds or builds them.
 * @throws BuildError that says what to do
 */
export function ensureTools<Name extends ToolName>(
  names: readonly Name[],
  reporter: Reporter,
  ways?: Ways,
): Promise<Readonly<Record<Name, string>>> {
  return prepareTools(names, reporter, ways).have(names);
}

/** A path that may still have to come. */
class Arrival {
  come: (path: string) => void = () => {};
  fail: (error: unknown) => void = () => {};
  readonly path = new Promise<string>((resolve, reject) => {
    this.come = resolve;
    this.fail = reject;
  });

  constructor() {
    // Some who asked for other tools alone never look at this one.
    this.path.catch(() => undefined);
  }
}

type Arrived = (name: ToolName, path: string) => void;

async function provide(
  names: readonly ToolName[],
  reporter: Reporter,
  ways: Ways,
  arrived: Arrived,
): Promise<void> {
  const missing: Missing[] = [];
  await Promise.all(
    names.map(async (name) => {
      const installed = await findInstalled(name);
      const path = installed?.fits ? installed.path : await findMade(name);
      if (path === undefined) {
        missing.push({ name, installed });
      } else {
        arrived(name, path);
      }
    }),
  );
  if (missing.length > 0) {
    await withBuildLock(reporter, () => makeAll(missing, reporter, ways, arrived));
  }
}

/** A built one first: its engine writes its state in half the time. */
async function findMade(name: ToolName): Promise<string | undefined> {
  return (await findBuilt(moduleOf(name).module, name)) ?? (name === "pulumi" ? findRelease() : undefined);
}

interface Missing {
  readonly name: ToolName;
  /** The one on the PATH that does not fit. */
  readonly installed: Installed | undefined;
}

/** Pulumi's release comes over the network while the processor builds the rest. */
async function makeAll(
  missing: readonly Missing[],
  reporter: Reporter,
  { fetchPulumi }: Ways,
  arrived: Arrived,
): Promise<void> {
  const order = inOrderOfNeed(missing.map(({ name }) => name));
  const progress = new Progress(
    order.map((name) => ({ title: titleOf(name), expected: moduleOf(name).seconds })),
  );
  reporter.step(
    `${order.length === 1 ? "A tool is" : `${order.length} tools are`} not on the PATH in a fitting version: made once for all clones, in ${progress.left()} on 2 cores`,
  );
  for (const { name, installed } of missing) {
    if (installed !== undefined) reporter.detail(whyItDoesNotFit(installed, name));
  }
  const view = showProgress(progress, reporter);
  const say = (name: ToolName, ...[stage, text]: [Parameters<Progress["set"]>[1], string]): void => {
    const place = order.indexOf(name);
    const before = progress.stage(place);
    progress.set(place, stage, text);
    if (before !== stage) view.changed(place);
  };
  const stop = new AbortController();
  const fetched = order.includes("pulumi")
    ? fetchFirst(() => fetchPulumi(stop.signal), stop.signal, reporter, say)
    : undefined;
  void fetched?.then((path) => path !== undefined && arrived("pulumi", path));
  try {
    for (const [place, name] of order.entries()) {
      const path =
        (await findMade(name)) ??
        (name === "pulumi" ? await fetched : undefined) ??
        (await make(name, order[place + 1], say));
      say(name, "there", progress.stage(place) === "there" ? "fetched" : "built");
      arrived(name, path);
    }
  } finally {
    stop.abort();
    view.end();
  }
}

type Say = (name: ToolName, stage: Parameters<Progress["set"]>[1], text: string) => void;

/** Undefined where the release is not available: then it is built, in its turn. */
async function fetchFirst(
  fetchPulumi: () => Promise<string>,
  stopped: AbortSignal,
  reporter: Reporter,
  say: Say,
): Promise<string | undefined> {
  say("pulumi", "under way", "fetching its release");
  try {
    const path = await fetchPulumi();
    say("pulumi", "there", "fetched");
    return path;
  } catch (error) {
    if (stopped.aborted) return undefined;
    const reason = messageOf(error);
    say("pulumi", "waiting", "to be built");
    reporter.detail(
      `${titleOf("pulumi")}: its release is not available (${reason}); it is built in its turn`,
    );
    return undefined;
  }
}

async function make(name: ToolName, next: ToolName | undefined, say: Say): Promise<string> {
  try {
    const go = await findGoFor(name);
    say(name, "under way", "building from Go modules");
    if (next !== undefined) void prefetch(next, go);
    return await buildTool(name, go, titleOf(name), ({ compiled, packages }) =>
      say(
        name,
        "under way",
        `${packages === undefined ? compiled : `${compiled} of ${packages}`} packages compiled`,
      ),
    );
  } catch (error) {
    say(name, "failed", "failed");
    throw error;
  }
}

function titleOf(name: ToolName): string {
  return `${name} ${pinnedVersion(name)}`;
}

/** All builds under one lock: each uses all cores by itself. */
function withBuildLock(reporter: Reporter, work: () => Promise<void>): Promise<void> {
  const say = ({ pid }: { readonly pid: number }) =>
    reporter.step(`Process ${pid} is building tools; waiting for it to finish`);
  return withLock("build", work, say, join(cachePaths.tools(), "locks"));
}

function whyItDoesNotFit({ path, version }: Installed, name: ToolName): string {
  return `${path} is ${version ?? "of no known version"}, not ${wantedVersion(name)}`;
}

function hasAll<Name extends ToolName>(
  paths: Partial<Record<Name, string>>,
  names: readonly Name[],
): paths is Record<Name, string> {
  return names.every((name) => paths[name] !== undefined);
}
