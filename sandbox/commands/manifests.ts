import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../cli/failure";
import type { Reporter } from "../../cli/reporter";
import { manifestsOf } from "../engine/manifests";
import { openProject, requireStack } from "../engine/project";
import { hasState } from "../engine/pulumi-folders";
import { type RunOptions, withSession } from "../engine/session";
import { readSecrets } from "../engine/state";
import { Stopwatch } from "../engine/stopwatch";

/** Writes every Kubernetes object of a stack that is up to build/manifests/<stack>/<cluster>/*.yaml. */
export async function manifests(options: RunOptions, reporter: Reporter): Promise<boolean> {
  const project = openProject(options.projectDirectory);
  requireStack(project, options.stack);
  if (!hasState(project, options.stack)) {
    throw new Failure(
      `The stack ${options.stack} is not up, so no API server got anything yet: make up STACK=${options.stack}`,
    );
  }
  const resources = await withSession(options, reporter, new Stopwatch(), ({ stack }) => readSecrets(stack));
  const folder = join(project.directory, "build", "manifests", options.stack);
  rmSync(folder, { recursive: true, force: true });
  const written = manifestsOf(resources);
  for (const { cluster, file, content } of written) {
    mkdirSync(join(folder, cluster), { recursive: true });
    writeFileSync(join(folder, cluster, file), content);
  }
  process.stdout.write(`${written.length} objects written to ${folder}\n`);
  return true;
}
