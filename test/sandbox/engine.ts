import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type EngineEvent, LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";
import { messageOf } from "../../cli/errors";
import { type ServedStandIn, serve } from "../../sandbox/providers/server";
import type { StandIn } from "../../sandbox/providers/standin";
import { runFolder } from "./run-folder";

/** What the engine did in a run: operations by resource name, and everything that it said. */
export interface Outcome {
  readonly operations: Readonly<Record<string, string>>;
  /** Changed property paths by resource name. */
  readonly differences: Readonly<Record<string, readonly string[]>>;
  readonly messages: string;
  readonly failed: boolean;
}

/** The real engine on a stack of its own, with stand-ins that run in the test's process. */
export class Engine {
  private constructor(
    private readonly folder: string,
    private readonly served: readonly ServedStandIn[],
    readonly stack: Stack,
  ) {}

  static async open(stackName: string, standIns: readonly StandIn[]): Promise<Engine> {
    const folder = mkdtempSync(join(runFolder(), "engine-"));
    const served = await Promise.all(standIns.map(serve));
    for (const name of ["home", "state", "work"]) {
      mkdirSync(join(folder, name));
    }
    // As in the sandbox: a CLI that can keep no log, and a backend without checksums.
    writeFileSync(join(folder, "home", "logs"), "");
    const ports = standIns.map(({ name }, index) => `${name}:${served[index]?.port}`);
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName, projectName: "provider-test", program: async () => undefined },
      {
        workDir: join(folder, "work"),
        pulumiHome: join(folder, "home"),
        projectSettings: {
          name: "provider-test",
          runtime: "nodejs",
          backend: { url: `file://${join(folder, "state")}?metadata=skip` },
        },
        envVars: {
          PULUMI_CONFIG_PASSPHRASE: "test",
          PULUMI_SKIP_UPDATE_CHECK: "true",
          PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
          PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
          PULUMI_DEBUG_PROVIDERS: ports.join(","),
        },
      },
    );
    // After each run the Automation API would read these by three commands, and no test looks at them.
    stack.outputs = async () => ({});
    stack.info = async () => undefined;
    return new Engine(folder, served, stack);
  }

  up(program: PulumiFn): Promise<Outcome> {
    return this.watched((onEvent) => this.stack.up({ program, onEvent, parallel: 64 }));
  }

  preview(program: PulumiFn): Promise<Outcome> {
    return this.watched((onEvent) => this.stack.preview({ program, onEvent }));
  }

  refresh(): Promise<Outcome> {
    return this.watched((onEvent) => this.stack.refresh({ onEvent }));
  }

  destroy(): Promise<Outcome> {
    return this.watched((onEvent) => this.stack.destroy({ onEvent, parallel: 64 }));
  }

  /** The stack's state as it lies on disk, secrets encrypted. */
  state(): string {
    const stacks = join(this.folder, "state", ".pulumi", "stacks", "provider-test");
    const state: unknown = JSON.parse(readFileSync(join(stacks, `${this.stack.name}.json`), "utf8"));
    return JSON.stringify(state, undefined, 2);
  }

  close(): void {
    for (const standIn of this.served) {
      standIn.close();
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async watched(run: (onEvent: (event: EngineEvent) => void) => Promise<unknown>): Promise<Outcome> {
    const operations: Record<string, string> = {};
    const differences: Record<string, readonly string[]> = {};
    const messages: string[] = [];
    const onEvent = (event: EngineEvent): void => {
      const metadata = event.resourcePreEvent?.metadata ?? event.resOutputsEvent?.metadata;
      if (metadata !== undefined) {
        const name = metadata.urn.split("::").slice(3).join("::");
        operations[name] = metadata.op;
        differences[name] = Object.keys(metadata.detailedDiff ?? {});
      }
      const diagnostic = event.diagnosticEvent;
      if (diagnostic?.severity === "error" || diagnostic?.severity === "warning") {
        messages.push(diagnostic.message);
      }
    };
    try {
      await run(onEvent);
      return { operations, differences, messages: messages.join("\n"), failed: false };
    } catch (error) {
      messages.push(messageOf(error));
      return { operations, differences, messages: messages.join("\n"), failed: true };
    }
  }
}
