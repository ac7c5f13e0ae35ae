import { readFile } from "node:fs/promises";
import type { Deployment, Stack } from "@pulumi/pulumi/automation";
import { z } from "zod";
import { understood } from "../../cli/understood";
import type { Project } from "./project";
import { stateFile } from "./pulumi-folders";

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

const deployment = z.looseObject({
  resources: z.array(resource).default([]),
  pending_operations: z.array(z.unknown()).default([]),
});

/** The backend's file; a stack that nothing was ever made in has no deployment. */
const stored = z.looseObject({
  version: z.number(),
  checkpoint: z.looseObject({ latest: deployment.nullish() }),
});

export type StateResource = z.infer<typeof resource>;

/** A stack's state, as much of it as the sandbox looks at. */
export interface State {
  readonly deployment: Deployment;
  readonly resources: readonly StateResource[];
  /** Operations that a killed run had begun and not recorded as done. */
  readonly pendingOperations: number;
}

/**
 * The state of a stack that no engine works on, as its backend keeps it: the engine itself would take longer to hand it over
 * than a small run takes.
 *
 * @throws Error when there is none
 */
export async function readState(project: Project, stack: string): Promise<State> {
  const file = stateFile(project, stack);
  const text = await readFile(file, "utf8");
  const { checkpoint, ...rest } = understood(file, () => stored.parse(JSON.parse(text)), damagedState(file));
  const latest = checkpoint.latest ?? deployment.parse({});
  return {
    deployment: { ...rest, deployment: latest },
    resources: latest.resources,
    pendingOperations: latest.pending_operations.length,
  };
}

/** What to do about a state that was cut off, by a full disk or a machine that went down. */
export function damagedState(file: string): string {
  return `Pulumi keeps the state before it: cp ${file}.bak ${file}, then bring the stack up with --refresh. Example: npm run up -- --stack dev --refresh`;
}

/** The resources of an opened stack, with their secrets in clear: by the engine, which alone can decrypt them. */
export async function readSecrets(stack: Stack): Promise<readonly StateResource[]> {
  return deployment.parse((await stack.exportStack()).deployment ?? {}).resources;
}

/** Rewrites a stack's state: every resource through `change`, and with no pending operations. */
export async function rewriteState(
  stack: Stack,
  { deployment, resources }: State,
  change: (resource: StateResource) => StateResource,
): Promise<void> {
  await stack.importStack({
    ...deployment,
    deployment: { ...deployment.deployment, resources: resources.map(change), pending_operations: [] },
  });
}

/** The last part of a URN: the resource's logical name. */
export function logicalName(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}
