import "../sandbox/engine/packs/lazy-arborist";
import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { commandLine, run, stackOption } from "../cli/command-line";
import { messageOf } from "../cli/errors";
import { consoleReporter } from "../cli/reporter";
import { requireCache } from "../cli/unwritable";
import { today } from "../primitives/day";
import { destroy } from "../sandbox/commands/destroy";
import { manifests } from "../sandbox/commands/manifests";
import { preview } from "../sandbox/commands/preview";
import { status } from "../sandbox/commands/status";
import { up } from "../sandbox/commands/up";
import { processes } from "./processes";

const reporter = consoleReporter();

interface SharedOptions {
  readonly stack: string;
  readonly project: string;
  readonly definitions?: string;
  readonly charts?: string;
  readonly verbose: boolean;
}

const program = commandLine(
  "sandbox",
  "Runs the project's Pulumi program, unmodified, with the real engine against laptop-sized clouds: real Kubernetes " +
    "control planes with simulated nodes, and stand-ins for the clouds' APIs.",
).hook("preAction", () => {
  try {
    today();
    requireCache();
  } catch (error) {
    process.stderr.write(`error: ${messageOf(error)}\n`);
    process.exit(1);
  }
});

command("up", "bring a stack up, after the stacks that it refers to")
  .option("--refresh", "look at what really stands first, so that drift is healed", false)
  .option("--first-day", "models and the like are not there before the next `up` without this option", false)
  .action(
    run((options: SharedOptions & { readonly refresh: boolean; readonly firstDay: boolean }) =>
      up({ ...runOptions(options), refresh: options.refresh, firstDay: options.firstDay }, reporter),
    ),
  );

command("preview", "show what `up` would change; fails on a policy violation")
  .option("--expect-no-changes", "fail when anything would change", false)
  .option("--no-refresh", "compare with the recorded state only, without looking for drift")
  .action(
    run((options: SharedOptions & { readonly expectNoChanges: boolean; readonly refresh: boolean }) =>
      preview(
        { ...runOptions(options), expectNoChanges: options.expectNoChanges, refresh: options.refresh },
        reporter,
      ),
    ),
  );

command("destroy", "take a stack down and prove that nothing of it is left")
  .option("--keep-protection", "do not lift the protection of stateful resources first", false)
  .action(
    run((options: SharedOptions & { readonly keepProtection: boolean }) =>
      destroy({ ...runOptions(options), keepProtection: options.keepProtection }, reporter),
    ),
  );

command("manifests", "write every Kubernetes object of a stack to build/manifests/<stack>/<cluster>/").action(
  run((options: SharedOptions) => manifests(runOptions(options), reporter)),
);

program
  .command("status")
  .description(
    "show which stacks and clusters the sandbox has on this machine, what they take, and how to stop them",
  )
  .option("--project <folder>", "folder of the Pulumi project", resolve(__dirname, ".."))
  .action(
    run((options: { readonly project: string }) => status({ projectDirectory: resolve(options.project) })),
  );

command("drill", "rehearse failures on a stack that is up; fails when a promise is broken")
  .addOption(new Option("--drill <names...>", "which drills (default: all)").env("DRILL"))
  .action(
    run((options: SharedOptions & { readonly drill?: readonly string[] | string }) => {
      // The drills and their estimates are not for the others to wait for.
      const { drill }: typeof import("../drills/command") = require("../drills/command");
      return drill({ ...runOptions(options), only: [options.drill ?? []].flat().filter(Boolean) }, reporter);
    }),
  );

function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .addOption(stackOption())
    .option("--project <folder>", "folder of the Pulumi project", resolve(__dirname, ".."))
    .option(
      "--definitions <folder>",
      "CustomResourceDefinitions (YAML files) for operators whose charts are not available; without it they accept anything",
    )
    .option(
      "--charts <folder>",
      "Helm charts, as folders or <chart>-<version>.tgz, and manifests/<file>, used before any repository or address",
    )
    .option("--verbose", "every name and reason in the summary, and not only how many there are", false);
}

function runOptions(options: SharedOptions) {
  return {
    projectDirectory: resolve(options.project),
    stack: options.stack,
    definitions: options.definitions && resolve(options.definitions),
    charts: options.charts && resolve(options.charts),
    verbose: options.verbose,
    processes,
  };
}

void program.parseAsync();
