import { statfs } from "node:fs/promises";
import { totalmem } from "node:os";
import { declaredBundles, stackSchema } from "../../apps/registry";
import type { StackConfig } from "../../infra/config/stack";
import type { StackFileConfig } from "../../infra/config/stack-file";
import type { Bundle } from "../../infra/secrets/bundle";
import { call } from "../../lock/images/call";
import { today } from "../../policies/day";
import { outputOf } from "../program-output";
import type { StackFacts } from "../stack-facts";
import { readStackFile } from "../stack-file";

/** What an HTTP call answered. */
export interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly body: string;
}

/** Everything outside of the program that a preflight reads, so that tests can replace it. */
export interface PreflightContext {
  readonly facts: StackFacts;
  readonly file: StackFileConfig;
  /** The stack's configuration with its defaults; undefined when its file is invalid. */
  readonly config: StackConfig | undefined;
  readonly bundles: readonly Bundle[];
  readonly today: Date;
  readonly environment: NodeJS.ProcessEnv;
  /** The output of a program. @throws when it does not exist or fails */
  readonly output: (program: string, ...words: readonly string[]) => Promise<string>;
  /** An HTTP call. @throws when there is no answer */
  readonly get: (
    url: string,
    headers?: Readonly<Record<string, string>>,
    method?: "GET" | "HEAD",
  ) => Promise<Answer>;
  /** Free bytes on the disk of a folder, which need not exist yet. */
  readonly freeDisk: (folder: string) => Promise<number>;
  /** The machine's memory, in bytes. */
  readonly memory: number;
}

/** Reads the real clouds and this machine. */
export function context(facts: StackFacts, projectDirectory: string): PreflightContext {
  const file = readStackFile(projectDirectory, facts.stack);
  return {
    facts,
    file,
    config: stackSchema.safeParse(file.own).data,
    bundles: declaredBundles(),
    today: new Date(today()),
    environment: process.env,
    output: (program, ...words) => outputOf(projectDirectory, program, ...words),
    get: call,
    freeDisk: async (folder) => {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
    memory: totalmem(),
  };
}
