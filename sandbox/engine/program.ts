import type { PulumiFn } from "@pulumi/pulumi/automation";
import { Failure } from "../../cli/failure";
import { recognizeEngineEnd } from "./engine-end";
import { leaveOutUnreadDiagnostics } from "./unread-diagnostics";

/**
 * The project's program as Pulumi's own runner takes it: a module that exports a function, whose result is the stack's
 * outputs, or a module whose exports are the outputs.
 */
export function programOf(main: string): PulumiFn {
  return async () => {
    try {
      leaveOutUnreadDiagnostics();
      recognizeEngineEnd();
      const loaded = load(main);
      const outputs: unknown = typeof loaded === "function" ? await loaded() : loaded;
      return typeof outputs === "object" && outputs !== null ? { ...outputs } : {};
    } catch (error) {
      showOnce(error);
      throw error;
    }
  };
}

/**
 * The engine shows why a program ended. The SDK shows it too, for the promises of unused stack outputs:
 * useful for a bug, whose stack trace only the SDK has, and a mere repetition of the program's own messages.
 */
function showOnce(error: unknown): void {
  const { RunError, runtime }: typeof import("@pulumi/pulumi") = require("@pulumi/pulumi");
  if (RunError.isInstance(error)) {
    void Promise.allSettled(Object.values(runtime.getStackResource()?.outputs ?? {}));
  }
}

/** Loads the program's modules ahead of its run; a fault in them is reported by the run itself. */
export function preload(main: string): void {
  try {
    load(main);
  } catch {
    return;
  }
}

/**
 * Asks a program that can say so what is wrong with a stack's configuration: one whose exported function has a function `check`.
 *
 * @throws Failure with what it says
 */
export function checkConfiguration(
  main: string,
  stack: string,
  config: Readonly<Record<string, unknown>>,
): void {
  const loaded = load(main);
  const check: unknown = typeof loaded === "function" && "check" in loaded ? loaded.check : undefined;
  const fault: unknown = typeof check === "function" ? check(stack, config) : undefined;
  if (typeof fault === "string") {
    throw new Failure(fault);
  }
}

function load(main: string): unknown {
  return require(main);
}
