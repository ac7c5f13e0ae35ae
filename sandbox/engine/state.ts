import type { Deployment, Stack } from "@pulumi/pulumi/automation";
import { z } from "zod";

const values = z.record(z.string(), z.unknown());

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  custom: z.boolean().default(false),
  id: z.string().optional(),
  protect: z.boolean().optional(),
  retainOnDelete: z.boolean().optional(),
  delete: z.boolean().optional(),
  provider: z.string().optional(),
  parent: z.string().optional(),
  inputs: values.default({}),
  outputs: values.default({}),
});

const checkpoint = z.looseObject({
  resources: z.array(resource).default([]),
  pending_operations: z.array(z.unknown()).default([]),
});

export type StateResource = z.infer<typeof resource>;

/** A stack's state, as much of it as the sandbox looks at. */
export interface State {
  readonly deployment: Deployment;
  readonly resources: readonly StateResource[];
  /** Operations that a killed run had begun and not recorded as done. */
  readonly pendingOperations: number;
}

export async function readState(stack: Stack): Promise<State> {
  return stateOf(stack, stack.name);
}

/** The state of another stack of the same workspace. */
export async function stateOf(stack: Stack, name: string): Promise<State> {
  const deployment = await stack.workspace.exportStack(name);
  const parsed = checkpoint.parse(deployment.deployment ?? {});
  return {
    deployment,
    resources: parsed.resources,
    pendingOperations: parsed.pending_operations.length,
  };
}

/** Rewrites a stack's state: every resource through `change`, and with no pending operations. */
export async function rewriteState(
  stack: Stack,
  { deployment }: State,
  change: (resource: StateResource) => StateResource,
): Promise<void> {
  const parsed = checkpoint.parse(deployment.deployment ?? {});
  await stack.importStack({
    ...deployment,
    deployment: { ...parsed, resources: parsed.resources.map(change), pending_operations: [] },
  });
}

/** The last part of a URN: the resource's logical name. */
export function logicalName(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}
