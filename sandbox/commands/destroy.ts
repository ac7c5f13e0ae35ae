import { leftovers } from "../engine/leftovers";
import { localIdentity } from "../engine/local-cluster";
import { openProject, referringStacks } from "../engine/project";
import type { RunOptions, Session } from "../engine/session";
import { readState, rewriteState } from "../engine/state";
import { ownedClusters } from "../engine/used-clusters";
import { hasState, removeWorkspace } from "../engine/workspace";
import { Failure } from "../failure";
import type { Reporter } from "../reporter";
import { runOperation } from "./run";

export interface DestroyOptions extends RunOptions {
  /** Keep the protection of stateful resources, to see the refusal that the real clouds would meet. */
  readonly keepProtection: boolean;
}

/** Takes a stack down and proves that nothing of it is left. */
export async function destroy(options: DestroyOptions, reporter: Reporter): Promise<boolean> {
  const project = openProject(options.projectDirectory);
  const users = referringStacks(project, options.stack).filter((other) => hasState(project, other));
  if (users.length > 0) {
    throw new Failure(
      `${users.join(" and ")} still uses clusters of ${options.stack}. ` +
        `Take it down first: make destroy STACK=${users[0]}`,
    );
  }
  const { summary } = await runOperation("destroy", options, reporter, async (session, engine) => {
    const clusters = [
      ...ownedClusters(await readState(session.stack)),
      ...(session.local ? [localIdentity(session.local)] : []),
    ];
    if (!options.keepProtection) {
      await liftProtection(session, reporter);
    }
    await session.stack.destroy(engine);
    if (session.local) {
      await session.clusters.remove(localIdentity(session.local));
    }
    await session.stack.workspace.removeStack(options.stack);
    removeWorkspace(project, options.stack);
    const left = await leftovers(project, options.stack, session.clusters, clusters);
    if (left.length > 0) {
      throw new Failure(
        `${options.stack}: destroy left behind\n${left.map((line) => `  ${line}`).join("\n")}`,
      );
    }
  });
  return summary.succeeded;
}

/** The simulated clouds are there to be thrown away, so what the stack protects is released, and said. */
async function liftProtection({ stack }: Session, reporter: Reporter): Promise<void> {
  const state = await readState(stack);
  const held = state.resources.filter(({ protect, retainOnDelete }) => protect || retainOnDelete);
  if (held.length === 0) {
    return;
  }
  reporter.step(
    `${stack.name} protects ${held.length} resources; the sandbox lifts that (--keep-protection shows the refusal)`,
  );
  await rewriteState(stack, state, (resource) => ({ ...resource, protect: false, retainOnDelete: false }));
}
