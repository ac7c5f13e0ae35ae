import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import { messageOf } from "../../../../cli/errors";

/** How long a chart repository may take to hand over a chart. */
const fetchMilliseconds = 60_000;

export interface ProbeResult {
  readonly outcome: "succeeded" | "failed" | "missing";
  readonly message: string;
}

/** Runs the `helm` command against one cluster. */
export class Helm {
  constructor(
    private readonly command: string,
    private readonly kubeConfig: KubeConfig,
  ) {}

  /** Runs helm with the cluster's kubeconfig and, as a file, values; returns what it prints. */
  async run(
    args: readonly string[],
    options: { readonly values?: string; readonly signal?: AbortSignal } = {},
  ): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "helm-"));
    try {
      const kubeconfig = join(folder, "kubeconfig");
      const values = join(folder, "values.json");
      await writeFile(kubeconfig, this.kubeConfig.exportConfig(), { mode: 0o600 });
      await writeFile(values, options.values ?? "{}", { mode: 0o600 });
      const all = [
        ...args,
        "--kubeconfig",
        kubeconfig,
        ...(options.values === undefined ? [] : ["--values", values]),
      ];
      const { code, stdout, stderr } = await execute(this.command, all, options.signal);
      if (code !== 0) {
        throw new Error(saidBy(stderr) || `helm ${args[0]} ended with ${code}`);
      }
      return stdout;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/**
 * What a chart makes, as text: all objects, hooks and tests included. No cluster is asked for anything.
 *
 * @param args the release's name, the chart, and options of `helm template`
 * @throws Error with helm's message
 */
export async function template(command: string, args: readonly string[], values: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "helm-"));
  try {
    const file = join(folder, "values.json");
    await writeFile(file, values, { mode: 0o600 });
    const { code, stdout, stderr } = await execute(
      command,
      ["template", ...args, "--values", file],
      undefined,
    );
    if (code !== 0) {
      throw new Error(saidBy(stderr) || `helm template ended with ${code}`);
    }
    return stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs helm without a cluster, to fetch something that may not be there. */
export async function probe(command: string, args: readonly string[]): Promise<ProbeResult> {
  try {
    const { code, stderr } = await execute(command, args, AbortSignal.timeout(fetchMilliseconds));
    return { outcome: code === 0 ? "succeeded" : "failed", message: saidBy(stderr) || "i/o timeout" };
  } catch (error) {
    return { outcome: "missing", message: messageOf(error) };
  }
}

/** Helm's own last words: `Error: ...`. */
function saidBy(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("WARNING"));
  const start = lines.findIndex((line) => line.startsWith("Error:"));
  return lines
    .slice(Math.max(start, 0))
    .join("\n")
    .replace(/^Error: /, "");
}

async function execute(
  command: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => {
      output.stdout += String(chunk);
    });
    child.stderr.on("data", (chunk) => {
      output.stderr += String(chunk);
    });
    // Interrupted, helm still records how far it came; killed, it would leave the release pending.
    const onAbort = (): void => void child.kill("SIGINT");
    signal?.addEventListener("abort", onAbort);
    child.on("error", (error) => {
      signal?.removeEventListener("abort", onAbort);
      reject(new Error(`${command} cannot be run: ${error.message}`));
    });
    child.on("close", (code) => {
      signal?.removeEventListener("abort", onAbort);
      resolve({ code, ...output });
    });
  });
}
