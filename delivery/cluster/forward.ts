import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { Failure } from "../../cli/failure";
import type { Kubeconfig } from "./kubeconfig";

/** A Service and its port. */
export interface Place {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
}

/**
 * Makes a Service inside a cluster available locally while some work runs. kubectl forwards to a pod's own
 * loopback, so neither network policies nor the mesh have to admit anyone from outside.
 *
 * @throws Failure with kubectl's own message when it cannot
 */
export async function withForward<T>(
  { file, context }: Kubeconfig,
  { namespace, service, port }: Place,
  work: (baseUrl: string) => Promise<T>,
): Promise<T> {
  const where = ["--kubeconfig", file, ...(context ? ["--context", context] : []), "--namespace", namespace];
  const child = spawn("kubectl", [...where, "port-forward", `service/${service}`, `:${port}`], {
    env: process.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const ended = new Promise<never>((_, reject) => {
    const fail = (why: string) =>
      reject(new Failure(`${namespace}/${service} cannot be reached: ${said.join("").trim() || why}`));
    child.once("error", (error) => fail(`kubectl: ${error.message}`));
    child.once("close", (code) => fail(`kubectl ended with exit code ${code}`));
  });
  // The process ends with the work, when its result no longer matters.
  ended.catch(() => undefined);
  const forwarded = new Promise<string>((found) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const local = /^Forwarding from (127\.0\.0\.1:\d+)/.exec(line)?.[1];
      if (local) found(`http://${local}`);
    });
  });
  try {
    const baseUrl = await Promise.race([forwarded, ended]);
    return await Promise.race([work(baseUrl), ended]);
  } finally {
    child.kill();
  }
}
