import * as pulumi from "@pulumi/pulumi";
import { givenDay, today, todayVariable } from "./policies/day";
import { check, program } from "./program";

/**
 * Pulumi calls what this module exports, and shows what it answers as the stack's outputs.
 *
 * The SDK takes a stack trace of every promise that it makes. Translating them all to lines of TypeScript is half of the
 * time that a large stack needs to describe its resources, so meanwhile they stay as they are: neither Node nor the hook that
 * the SDK sets translates them.
 */
const run = async () => {
  const translating = process.sourceMapsEnabled;
  const { prepareStackTrace } = Error;
  process.setSourceMapsEnabled(false);
  Reflect.deleteProperty(Error, "prepareStackTrace");
  try {
    return await program(readDay());
  } finally {
    process.setSourceMapsEnabled(translating);
    Error.prepareStackTrace = prepareStackTrace;
  }
};

/** With `check`, the sandbox asks what is wrong with a stack file before it starts anything. */
export = Object.assign(run, {
  check: (stack: string, config: Readonly<Record<string, unknown>>) => check(stack, config, readDay()),
});

/** The day that decides which secrets are due and which versions are in support. One that was handed in must not go unseen. */
function readDay(): Date {
  try {
    const given = givenDay();
    if (given !== undefined)
      void pulumi.log.warn(`${todayVariable} is set: this run takes ${given} for today.`);
    return new Date(today());
  } catch (error) {
    throw new pulumi.RunError(error instanceof Error ? error.message : String(error));
  }
}
