import { statfs } from "node:fs/promises";
import { totalmem } from "node:os";
import { outputOf } from "../program-output";
import type { StackFacts } from "../stack-facts";

/** What an HTTP call answered. */
export interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
}

/** Everything outside of the program that a preflight looks at, so that tests can put something else there. */
export interface Surroundings {
  readonly facts: StackFacts;
  readonly environment: NodeJS.ProcessEnv;
  /** What a program printed. @throws when there is none, or when it failed */
  readonly output: (program: string, ...words: readonly string[]) => Promise<string>;
  readonly get: (url: string, token: string) => Promise<Answer>;
  /** Bytes that are free where the folder is, or will be. */
  readonly freeDisk: (folder: string) => Promise<number>;
  /** Bytes that the machine has. */
  readonly memory: number;
}

/** The real ones. */
export function surroundings(facts: StackFacts, projectDirectory: string): Surroundings {
  return {
    facts,
    environment: process.env,
    output: (program, ...words) => outputOf(projectDirectory, program, ...words),
    get: async (url, token) => {
      const response = await fetch(url, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(30_000),
      });
      return { status: response.status, header: (name) => response.headers.get(name) ?? undefined };
    },
    freeDisk: async (folder) => {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
    memory: totalmem(),
  };
}
