import { Failure } from "../../cli/failure";
import type { Reporter } from "../../cli/reporter";
import { deleteMadeAgain, leftovers } from "../engine/leftovers";
import { localIdentity } from "../engine/local-cluster";
import { openProject, referringStacks } from "../engine/project";
import { liftProtection, releaseVolumes } from "../engine/protection";
import { hasState, removeWorkspace } from "../engine/pulumi-folders";
import type { RunOptions } from "../engine/session";
import { readState } from "../engine/state";
import { Stopwatch } from "../engine/stopwatch";
import { ownedClusters } from "../engine/used-clusters";
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
  const { summary } = await runOperation(
    "destroy",
    options,
    reporter,
    new Stopwatch(),
    async (session, engine) => {
      const clusters = [
        ...ownedClusters(await readState(project, options.stack)),
        ...session.locals.map(localIdentity),
      ];
      if (options.keepProtection) {
        // A look ahead shows the refusal at once; without it, the engine would first delete all that is not protected.
        await session.stack.destroy({ ...engine, previewOnly: true });
      } else {
        await liftProtection(project, session.stack, reporter);
        await releaseVolumes(session.clusters, clusters);
      }
      await session.stack.destroy(engine);
      await deleteMadeAgain(clusters, reporter);
      await Promise.all(session.locals.map((local) => session.clusters.remove(localIdentity(local))));
      await session.stack.workspace.removeStack(options.stack);
      removeWorkspace(project, options.stack);
      const left = await leftovers(project, options.stack, session.clusters, clusters);
      if (left.length > 0) {
        throw new Failure(
          `${options.stack}: destroy left behind\n${left.map((line) => `  ${line}`).join("\n")}`,
        );
      }
    },
  );
  return summary.succeeded;
}
