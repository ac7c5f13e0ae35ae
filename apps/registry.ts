import { stackSchemaOf } from "../infra/config/stack";
import { bundleSchemaOf } from "../infra/secrets/bundle";
import { loadBundles } from "../infra/secrets/bundles";
import type { SystemDefinition } from "../infra/systems/definition";
import { aiMiddleware } from "./ai-middleware/definition";
import { aiaas } from "./aiaas/definition";
import { atlas } from "./atlas/definition";
import { marketResearch } from "./market-research/definition";

/** Every system that a stack may run, in the order in which they are told. A system that is not here is not there. */
export const systems: readonly SystemDefinition[] = [atlas, aiaas, aiMiddleware, marketResearch];

/** Everything that a stack's configuration may say. */
export const stackSchema = stackSchemaOf(systems);

/** A bundle of secrets of any of the systems, or of the platform. */
export const bundleSchema = bundleSchemaOf(systems);

/**
 * Reads every bundle of secrets from its file.
 *
 * @throws pulumi.RunError that lists every fault of every file
 */
export function declaredBundles(): ReturnType<typeof loadBundles> {
  return loadBundles(systems);
}
