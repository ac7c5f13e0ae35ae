import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheRoot } from "../../cli/cache";
import { isAlive, memoryOf, type ProcessIdentity } from "../../cli/process-identity";
import { allRecords, ClusterFolder, type ClusterRecord } from "../cluster/folder";
import { openProject } from "../engine/project";
import { hasState } from "../engine/pulumi-folders";
import { readState } from "../engine/state";

/** One control plane, as its folder and its processes tell. */
interface ClusterStatus {
  readonly id: string;
  readonly kubeconfig: string;
  readonly api: number;
  /** Processes that live, of how many that were started. */
  readonly running: number;
  readonly started: number;
  /** Memory of the living ones, in MiB. */
  readonly memory: number;
}

/** Shows what the sandbox has on this machine for this user, in all clones, and how to stop it. */
export async function status({ projectDirectory }: { readonly projectDirectory: string }): Promise<boolean> {
  const project = openProject(projectDirectory);
  const stacks = project.stacks.filter((stack) => hasState(project, stack));
  const up = await Promise.all(
    stacks.map(async (stack) => {
      const { resources } = await readState(project, stack);
      return `stack ${stack}: ${resources.length} resources. Take it down: make destroy STACK=${stack}`;
    }),
  );
  const clusters = (await allRecords()).map(statusOf);
  const lines = [
    `project ${project.name} in ${project.directory}`,
    `cache   ${cacheRoot()}, one for all clones of this user`,
    "",
    ...(up.length === 0 ? ["No stack is up. Bring one up: make up STACK=dev"] : []),
    ...up,
    ...clusters.flatMap(clusterLines),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  return true;
}

function clusterLines({ id, kubeconfig, api, running, started, memory }: ClusterStatus): readonly string[] {
  const state =
    running === 0
      ? "stopped, the next run of its stack starts it"
      : `${memory} MiB, https://127.0.0.1:${api}`;
  return [
    `cluster ${id}: ${running} of ${started} processes run; ${state}`,
    `  KUBECONFIG=${kubeconfig} kubectl get nodes`,
  ];
}

function statusOf(record: ClusterRecord): ClusterStatus {
  const folder = new ClusterFolder(record);
  const processes = startedProcesses(folder.path("processes"));
  const living = processes.filter(isAlive);
  const bytes = living.reduce((sum, { pid }) => sum + memoryOf(pid), 0);
  return {
    id: folder.id,
    kubeconfig: folder.kubeconfig,
    api: record.ports.api,
    running: living.length,
    started: processes.length,
    memory: Math.round(bytes / 1024 ** 2),
  };
}

function startedProcesses(folder: string): readonly ProcessIdentity[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")));
}
