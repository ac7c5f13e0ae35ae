import { resolve } from "node:path";
import type { Command } from "commander";
import { commandLine, run, stackOption } from "../cli/command-line";
import { planOption } from "../model/read-plan";
import { type AuditEvent, auditEvent } from "./commands/audit-event";
import { smoke, validate } from "./commands/check-clusters";
import { deploy } from "./commands/deploy";
import { images } from "./commands/images";
import { preflight } from "./commands/preflight";
import { type PushModelOptions, pushModel } from "./commands/push-model";
import { setImage } from "./commands/set-image";
import { type LoadTestOptions, loadTest } from "./load-test/load-test";
import { targets } from "./load-test/targets";
import type { TargetOptions } from "./target";

const program = commandLine(
  "delivery",
  "Takes a stack to where it belongs, and tells whether it stands there as it should.",
);

command("validate", "walk the validation list (001) on the stack's clusters; fails when any row does")
  .option("--plan <path>", planOption)
  .action(
    run((options: SharedOptions & { readonly plan?: string }) =>
      validate({ ...targetOptions(options), plan: options.plan }),
    ),
  );

command("smoke", "ask the stack's clusters whether they run").action(
  run((options: SharedOptions) => smoke(targetOptions(options))),
);

command("preflight", "look for everything that an `up` needs: tools, backend, credentials, quotas").action(
  run((options: SharedOptions) => preflight(targetOptions(options))),
);

command("deploy", "preflight, `up`, smoke test and report; stops at the first that fails")
  .option("--definitions <folder>", "as `npm run sandbox -- up` has it")
  .option("--charts <folder>", "as `npm run sandbox -- up` has it")
  .action(
    run((options: SharedOptions & { readonly definitions?: string; readonly charts?: string }) =>
      deploy({
        ...targetOptions(options),
        definitions: options.definitions && resolve(options.definitions),
        charts: options.charts && resolve(options.charts),
      }),
    ),
  );

command("images", "print every image that the stack's systems run, one a line").action(
  run((options: SharedOptions) => images(targetOptions(options))),
);

command("audit-event", "tell the auditors, in the Loki of each of the stack's clusters")
  .requiredOption("--action <name>", "what was done: up")
  .requiredOption("--outcome <name>", "success, failure or cancelled")
  .requiredOption("--actor <name>", "who started it")
  .requiredOption("--commit <sha>", "what was brought up")
  .requiredOption("--run <url>", "where the whole story is")
  .action(
    run((options: SharedOptions & AuditEvent) => {
      const { action, outcome, actor, commit, run: story } = options;
      return auditEvent(targetOptions(options), { action, outcome, actor, commit, run: story });
    }),
  );

command("set-image", "write a workload's image into a stack's file")
  .requiredOption("--system <name>", "as stack configuration names it: atlas")
  .requiredOption("--workload <name>", "as its Deployment is named: ml-pipeline")
  .requiredOption("--image <reference>", "whole, with its digest: registry/name:tag@sha256:...")
  .action(
    run(
      async (
        options: SharedOptions & {
          readonly system: string;
          readonly workload: string;
          readonly image: string;
        },
      ) => {
        const { stack, system, workload, image } = options;
        setImage({ projectDirectory: resolve(options.project), stack, system, workload, image });
        return true;
      },
    ),
  );

program
  .command("load-test")
  .description("put load on a stack, and hold what users see to what is promised (001)")
  .requiredOption("--url <address>", "what users ask for; may be given several times", several, [])
  .option("--users <number>", "users at once", String(targets.users))
  .option("--seconds <number>", "how long all of them are at work", "300")
  .option("--ramp <number>", "seconds over which they come", "120")
  .option("--think <number>", "seconds between an answer and the next request", "5")
  .option("--header <line>", "of every request: a token; may be given several times", several, [])
  .option("--web-socket <address>", "opened besides, and held")
  .option("--web-sockets <number>", "how many of them", String(targets.users))
  .action(run((options: LoadTestOptions) => loadTest(options, console.log)));

program
  .command("push-model")
  .description("put a version of a model into the bucket of models (004)")
  .requiredOption("--model-path <folder>", "folder of the version: models/ner-v1.1.0")
  .requiredOption("--bucket <name>", "the stack's output awsBuckets.models: atlas-ai-models")
  .option("--region <name>", "the bucket's region: us-east-1")
  .option("--remote <name>", "rclone's remote that has the bucket, with its colon; S3 unless given")
  .action(
    run(async ({ modelPath, ...options }: PushModelOptions) => {
      console.log(await pushModel({ ...options, modelPath: resolve(modelPath) }));
      return true;
    }),
  );

interface SharedOptions {
  readonly stack: string;
  readonly project: string;
  readonly clouds: boolean;
  readonly kubeconfig: readonly string[];
}

function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .addOption(stackOption())
    .option("--project <folder>", "folder of the Pulumi project", resolve(__dirname, ".."))
    .option("--clouds", "the clouds' own clusters, and not the sandbox's", false)
    .option(
      "--kubeconfig <cluster=file>",
      "a cluster's kubeconfig, by the cluster's name in the stack file; may be given several times",
      several,
      [],
    );
}

/** Collects an option that may be repeated. */
function several(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function targetOptions({ project, stack, clouds, kubeconfig }: SharedOptions): TargetOptions {
  return { projectDirectory: resolve(project), stack, clouds, kubeconfigs: kubeconfig };
}

// Ends at once: connections to API servers are otherwise kept open for another request.
void program.parseAsync().finally(() => process.exit());
