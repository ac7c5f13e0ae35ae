import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { silentReporter } from "../../cli/reporter";
import { sharedWithoutPolicies } from "../../drills/changed-project";
import { optionalServices } from "../../infra/config/platform";
import type { Summary } from "../../sandbox/engine/summary";
import { ensureTools } from "../../toolchain";
import { withoutOnAws } from "../support/left-out";
import { broughtUp } from "./brought-up";
import { copyProject } from "./project-copy";
import { Sandbox } from "./sandbox";

const stackName = "dev";

/** Systems of the laptop's stack that tests change: one with stores and secrets, one with models. */
export const laptopSystems = {
  aiaas: { cluster: "local" },
  "market-research": { cluster: "local", modelVersion: "1.1.0" },
} as const;

/**
 * A stack of its own copy of the project, in a sandbox of its own: some systems, and of the platform only what they cannot do
 * without, so that a change is seen within seconds.
 */
export class ChangingStack {
  private constructor(
    readonly name: string,
    readonly project: string,
    readonly sandbox: Sandbox,
  ) {}

  /** A stack that is not up yet, whose file begins as that of another. */
  static like(another: string): ChangingStack {
    const project = leanProject(another);
    return new ChangingStack(stackName, project, new Sandbox(project));
  }

  /** The laptop's stack with two systems, up: a copy, as `broughtUp` makes it. */
  static async onLaptop(): Promise<{ readonly stack: ChangingStack; readonly firstUp: Summary }> {
    const project = leanProject("dev", laptopSystems);
    const { sandbox, firstUp } = await broughtUp(stackName, project);
    return { stack: new ChangingStack(stackName, project, sandbox), firstUp };
  }

  set(key: string, value: unknown): void {
    const file = stackFile(this.project);
    const document = parseDocument(readFileSync(file, "utf8"));
    document.setIn(["config", `ai-platform:${key}`], value);
    writeFileSync(file, document.toString());
  }

  /** Writes a section of the stack file, brings the stack up, and tells what that changed. */
  async change(key: string, value: unknown): Promise<Summary["changed"]> {
    this.set(key, value);
    await this.sandbox.succeed("up", this.name);
    return this.sandbox.summary(this.name).changed;
  }

  /** Runs kubectl against a cluster of the stack's. */
  async kubectl(cluster: string, ...words: string[]): Promise<string> {
    const tools = await ensureTools(["kubectl"], silentReporter);
    const { clusters } = this.sandbox.summary(this.name);
    const kubeconfig = clusters.find(({ name }) => name === cluster)?.kubeconfig ?? "";
    return execFileSync(tools.kubectl, ["--kubeconfig", kubeconfig, ...words], { encoding: "utf8" });
  }

  async destroyWhole(): Promise<void> {
    await this.sandbox.succeed("destroy", this.name);
    expect({ processes: this.sandbox.processes(), files: this.sandbox.files("clusters", "clouds") }).toEqual({
      processes: [],
      files: [],
    });
  }

  remove(): void {
    this.sandbox.remove();
    rmSync(this.project, { recursive: true, force: true });
  }
}

function stackFile(project: string, stack = stackName): string {
  return join(project, `Pulumi.${stack}.yaml`);
}

/** A copy of the project in which the laptop's stack has the file of another one, with less in it. */
function leanProject(like: string, systems?: object): string {
  // What the policies say of a plan is asked by their own tests; their answers take a fifth of each run.
  const project = copyProject(undefined, sharedWithoutPolicies);
  const document = parseDocument(readFileSync(stackFile(project, like), "utf8"));
  const { config } = document.toJS();
  const without = like === "dev" ? optionalServices : withoutOnAws;
  const platform = { ...config["ai-platform:platform"], gitops: undefined, without };
  document.setIn(["config", "ai-platform:platform"], platform);
  // The edge is a system's, which may be none of those that stay.
  if (document.hasIn(["config", "ai-platform:clusters", "aws", "edge"])) {
    document.deleteIn(["config", "ai-platform:clusters", "aws", "edge"]);
  }
  if (systems !== undefined) document.setIn(["config", "ai-platform:systems"], systems);
  writeFileSync(stackFile(project), document.toString());
  return project;
}
