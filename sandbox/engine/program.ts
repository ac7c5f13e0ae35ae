import type { PulumiFn } from "@pulumi/pulumi/automation";

/**
 * The project's program as Pulumi's own runner takes it: a module that exports a function, whose result is the stack's
 * outputs, or a module whose exports are the outputs.
 */
export function programOf(main: string): PulumiFn {
  return async () => {
    const loaded = load(main);
    const outputs: unknown = typeof loaded === "function" ? await loaded() : loaded;
    return typeof outputs === "object" && outputs !== null ? { ...outputs } : {};
  };
}

/** Loads the program's modules ahead of its run; a fault in them is reported by the run itself. */
export function preload(main: string): void {
  try {
    load(main);
  } catch {
    return;
  }
}

function load(main: string): unknown {
  return require(main);
}
