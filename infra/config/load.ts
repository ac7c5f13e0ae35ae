import * as pulumi from "@pulumi/pulumi";
import { isConfigSecret } from "@pulumi/pulumi/runtime/config";
import type { Bundle } from "../secrets/bundle";
import type { System } from "../systems/system";
import { report } from "./fault";
import type { Surroundings } from "./rules/rule";
import type { StackConfig } from "./stack";
import { readConfig } from "./stack-file";
import { validate } from "./validate";

// The SDK has the function, but does not declare it.
declare module "@pulumi/pulumi/runtime/config" {
  /** Whether a configuration value, or something in it, is encrypted in the stack file. */
  export function isConfigSecret(key: string): boolean;
}

/** Set to `simulated` where the program runs against simulated clouds, as the sandbox and the tests do. */
export const cloudsVariable = "AI_PLATFORM_CLOUDS";

const namespace = "ai-platform:";

/**
 * The stack's configuration, checked and complete.
 *
 * @param systems every system that a stack may run
 * @param bundles the bundles of secrets that the repository declares: the stack must have the values that they ask for
 * @param today the day on which the versions that the stack asks for must still be supported
 * @throws pulumi.RunError that lists every fault of the stack file at once, each with its key and what is allowed there
 */
export function loadStackConfig(
  systems: readonly System[],
  bundles: readonly Bundle[],
  today: Date,
): StackConfig {
  const configured = pulumi.runtime.allConfig();
  const own = Object.entries(configured).filter(([key]) => key.startsWith(namespace));
  const verdict = validate(
    Object.fromEntries(own.map(([key, value]) => [key.slice(namespace.length), parse(value)])),
    {
      today,
      hasLinodeToken: Boolean(configured["linode:token"] || process.env.LINODE_TOKEN),
      simulatedClouds: process.env[cloudsVariable] === "simulated",
      stack: pulumi.getStack(),
      systems,
      bundles,
      secretsAreEncrypted: isConfigSecret(`${namespace}secrets`),
    },
  );
  if (verdict.config !== undefined) return verdict.config;
  throw new pulumi.RunError(report(`Pulumi.${pulumi.getStack()}.yaml`, verdict.faults));
}

/**
 * What is wrong with a stack file, as far as that is known without an engine; undefined where nothing is.
 *
 * @param config what stands below `config` in the file
 */
export function faultsOfFile(
  stack: string,
  config: Readonly<Record<string, unknown>>,
  surroundings: Pick<Surroundings, "systems" | "bundles" | "today" | "simulatedClouds">,
): string | undefined {
  const { own, hasLinodeToken, secretsAreEncrypted } = readConfig(config);
  const { faults } = validate(own, {
    ...surroundings,
    stack,
    secretsAreEncrypted,
    // Simulated clouds take any token, and the sandbox sets one.
    hasLinodeToken: surroundings.simulatedClouds || hasLinodeToken,
  });
  return faults && report(`Pulumi.${stack}.yaml`, faults);
}

/** Pulumi hands every value over as text: plain text as it is, everything else as JSON. */
function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
