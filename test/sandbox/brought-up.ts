import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { withLock } from "../../cli/lock";
import { Daemon } from "../../sandbox/cluster/daemon";
import { type ClusterRecord, replaceFile } from "../../sandbox/cluster/folder";
import { chooseFreePorts } from "../../sandbox/cluster/ports";
import type { Summary } from "../../sandbox/engine/summary";
import { fingerprint } from "./fingerprint";
import { repository } from "./project-copy";
import { runFolder } from "./run-folder";
import { Sandbox } from "./sandbox";

/** The real definitions of custom resources, where they are kept beside the repository: then every field is checked. */
const definitionsFolder = join(repository, "..", "shared", "crds");
export const definitions: readonly string[] = existsSync(definitionsFolder)
  ? ["--definitions", definitionsFolder]
  : [];

/** Where the control planes of a sandbox lie. */
const clusters = ["ai-platform", "clusters"] as const;

/** A sandbox in which a stack is up, and what its first up came to. */
export interface BroughtUp {
  readonly sandbox: Sandbox;
  readonly firstUp: Summary;
}

/**
 * A sandbox that begins with a stack up: a copy of one in which this run of the suite has brought the present sources up with
 * this stack file, which the first to ask does. Copies are independent of each other and of the original, and run side by side.
 * For stacks of the laptop's cluster alone: the state of others knows the ports of its clusters, and a copy has others.
 *
 * @param project what the sandbox works on, and whose stack file counts
 * @param options of the command that brings it up
 */
export async function broughtUp(
  stack: string,
  project = repository,
  ...options: readonly string[]
): Promise<BroughtUp> {
  const original = await originalOf(stack, project, options);
  const sandbox = new Sandbox(project);
  cpSync(join(original, "cache"), sandbox.cache, { recursive: true });
  await moveState(readFileSync(join(original, "made-at"), "utf8"), sandbox.cache);
  await giveNewPorts(sandbox.cache);
  return { sandbox, firstUp: JSON.parse(readFileSync(join(original, "summary.json"), "utf8")) };
}

async function originalOf(stack: string, project: string, options: readonly string[]): Promise<string> {
  const settings = readFileSync(join(project, `Pulumi.${stack}.yaml`));
  const digest = createHash("sha256").update(settings).update(options.join("\0")).digest("hex").slice(0, 12);
  const name = `${stack}-${digest}`;
  const folder = join(runFolder(), "originals", `${name}-${fingerprint(repository)}`);
  const make = async (): Promise<void> => {
    if (existsSync(folder)) return;
    const sandbox = new Sandbox(project);
    try {
      await sandbox.succeed("up", stack, ...options);
      await stopControlPlanes(sandbox.cache);
      const unfinished = `${folder}.unfinished`;
      rmSync(unfinished, { recursive: true, force: true });
      mkdirSync(unfinished, { recursive: true });
      cpSync(sandbox.summaryFile(stack), join(unfinished, "summary.json"));
      writeFileSync(join(unfinished, "made-at"), sandbox.cache);
      renameSync(sandbox.cache, join(unfinished, "cache"));
      renameSync(unfinished, folder);
    } finally {
      sandbox.remove();
    }
  };
  await withLock(`original-${name}`, make, undefined, join(runFolder(), "locks"));
  return folder;
}

/** Ends control planes in the reverse order of their start, so that etcd has written all that it was told. */
async function stopControlPlanes(cache: string): Promise<void> {
  for (const id of readdirSync(join(cache, ...clusters))) {
    const folder = join(cache, ...clusters, id);
    const names = readdirSync(join(folder, "processes")).map((file) => file.replace(/\.json$/, ""));
    const servers = ["kube-apiserver", "etcd"];
    const stop = (name: string): Promise<void> =>
      new Daemon({ name, command: "", arguments: [], environment: {}, folder }).stop(20_000);
    await Promise.all(names.filter((name) => !servers.includes(name)).map(stop));
    for (const server of servers) await stop(server);
  }
}

/** State names the laptop's kubeconfig by its path: it is told the new one, as if the stack had been brought up there. */
async function moveState(from: string, to: string): Promise<void> {
  const stacks = join(to, "ai-platform", "pulumi", "state", ".pulumi", "stacks");
  for (const entry of readdirSync(stacks, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && file.endsWith(".json")) {
      await replaceFile(file, readFileSync(file, "utf8").replaceAll(from, to));
    }
  }
}

/** A control plane that has not served yet may take other ports than those in its record. */
async function giveNewPorts(cache: string): Promise<void> {
  const taken = new Set<number>();
  for (const id of readdirSync(join(cache, ...clusters))) {
    const file = join(cache, ...clusters, id, "cluster.json");
    const record: ClusterRecord = JSON.parse(readFileSync(file, "utf8"));
    const ports = await chooseFreePorts(taken);
    for (const port of Object.values(ports)) taken.add(port);
    await replaceFile(file, `${JSON.stringify({ ...record, ports, hasServed: false }, null, 2)}\n`);
  }
}
