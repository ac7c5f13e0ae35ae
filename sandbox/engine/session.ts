import { delimiter, dirname, join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { withLock } from "../../cli/lock";
import type { Reporter } from "../../cli/reporter";
import {
  type ControlPlaneTools,
  controlPlaneTools,
  prepareTools,
  type Tools,
  toolNames,
} from "../../toolchain";
import { clusterManager } from "../cluster";
import type { ClusterManager } from "../cluster/types";
import type { Processes } from "../processes";
import { joinKubeconfigs, kubeconfigOf, provideLocalCluster } from "./local-cluster";
import { missingSecrets, type StackSecret, withPlaceholders } from "./placeholders";
import { adoptOfficialPlugins, analyzerVariable, installAnalyzer } from "./plugins";
import { checkConfiguration } from "./program";
import { type LocalCluster, localClustersOf, openProject, type Project, readStackFile } from "./project";
import { hasState, pulumiFolders } from "./pulumi-folders";
import { forgetPendingOperations, releaseOrphanedLocks } from "./recover";
import { startStandIns } from "./stand-ins";
import type { Stopwatch } from "./stopwatch";
import { usablePlugins } from "./usable-plugins";

/** What a run of the sandbox can be told on the command line. */
export interface RunOptions {
  readonly projectDirectory: string;
  readonly stack: string;
  /** Folder of CustomResourceDefinitions for operators whose charts are not available. */
  readonly definitions: string | undefined;
  /** Folder of Helm charts, as a mirror. */
  readonly charts: string | undefined;
  /** The summary has every name and reason, and not only how many there are. */
  readonly verbose: boolean;
  /** The sandbox's processes as the project starts them. */
  readonly processes: Processes;
}

/** A stack opened in the sandbox: its control planes run, the stand-ins serve, and the stack is locked. */
export interface Session {
  readonly project: Project;
  readonly stack: Stack;
  readonly clusters: ClusterManager;
  /** Clusters of the laptop's own that the stack deploys to. */
  readonly locals: readonly LocalCluster[];
  /** Secrets of the stack that the sandbox made up. */
  readonly placeholders: readonly StackSecret[];
}

/** Command lines of the clouds, which kubeconfigs call by name. */
const scripts = join(__dirname, "bin");

/** Opens a stack, works on it, and closes it; one run at a time for each stack, others wait. */
export async function withSession<T>(
  options: RunOptions,
  reporter: Reporter,
  stopwatch: Stopwatch,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const project = openProject(options.projectDirectory);
  const settings = readStackFile(project, options.stack);
  const locals = localClustersOf(project, settings);
  const placeholders = missingSecrets(project, settings.config);
  // The control planes of clouds start when the program asks for them; the laptop's own start before it.
  if (locals.length > 0 && !hasState(project, options.stack)) {
    checkConfiguration(
      project.main,
      options.stack,
      withPlaceholders(project.name, settings.config, placeholders),
    );
  }
  const waiting = (): void =>
    reporter.step(`${options.stack}: another run works on this stack; waiting for it`);
  return withLock(`stack-${project.name}-${options.stack}`, () => open(), waiting);

  async function open(): Promise<T> {
    const preparation = prepareTools(toolNames, reporter);
    // Control planes start while the engine is still built.
    const resuming = preparation
      .have(controlPlaneTools)
      .then((tools) => stopwatch.time("control planes", () => resume(managerWith(tools))));
    resuming.catch(() => undefined);
    const tools = await stopwatch.time("tools", () => preparation.have(toolNames));
    const environment = {
      PATH: searchPath(tools),
      [analyzerVariable]: join(__dirname, "policy-analyzer"),
      LINODE_TOKEN: "sandbox",
      AI_PLATFORM_CLOUDS: "simulated",
      ...(locals.length > 0 && { KUBECONFIG: kubeconfigOf(locals) }),
      ...(options.definitions && { AI_PLATFORM_CRDS: options.definitions }),
      ...(options.charts && { AI_PLATFORM_CHARTS: options.charts }),
    };
    Object.assign(process.env, environment);
    process.chdir(project.directory);
    await installAnalyzer(pulumiFolders.home());
    const clusters = managerWith(tools);
    await releaseOrphanedLocks(project, options.stack, reporter);
    const starting = stopwatch.time("stand-ins", async () =>
      startStandIns(
        options.processes.standIns,
        tools,
        await usablePlugins(
          adoptOfficialPlugins(pulumiFolders.home(), project.directory),
          options.charts !== undefined,
          reporter,
        ),
      ),
    );
    try {
      const [standIns, stack] = await Promise.all([
        starting,
        stopwatch.time("engine", () =>
          workspaces().openStack(project, options.stack, environment, placeholders),
        ),
        resuming,
      ]);
      Object.assign(stack.workspace.envVars, { PULUMI_DEBUG_PROVIDERS: standIns.debugProviders });
      joinKubeconfigs(locals);
      await forgetPendingOperations(project, stack, reporter);
      return await work({ project, stack, clusters, locals, placeholders });
    } finally {
      // Also when one of the others failed: this process would not end as long as its child runs.
      await starting.then(
        (standIns) => standIns.stop(),
        () => undefined,
      );
    }
  }

  function managerWith(tools: ControlPlaneTools): ClusterManager {
    return clusterManager(tools, reporter, { cloudController: options.processes.cloudController });
  }

  /** Control planes that a reboot or a kill took down run again before anything asks for them. */
  async function resume(clusters: ClusterManager): Promise<void> {
    const cloudOwned = (await clusters.list()).filter(({ cloud }) => cloud !== "local");
    await Promise.all([
      ...cloudOwned.map((identity) => clusters.ensureRunning(identity)),
      ...locals.map((local) => provideLocalCluster(clusters, local)),
    ]);
  }
}

/** Loaded while the stand-ins start: the SDK's Automation API takes half a second of its own. */
function workspaces(): typeof import("./workspace") {
  return require("./workspace");
}

/** Our scripts and the pinned tools come first; the user's own programs stay within reach. */
function searchPath(tools: Tools): string {
  const folders = new Set(Object.values(tools).map((tool) => dirname(tool)));
  return [scripts, ...folders, process.env.PATH ?? ""].join(delimiter);
}
