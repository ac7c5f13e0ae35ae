import type { types } from "@pulumi/kubernetes";
import { CronJob, Job as KubernetesJob } from "@pulumi/kubernetes/batch/v1";
import { ConfigMap } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { Pods } from "../../infra/network/edge";
import { afterAlso, childOptions } from "../../infra/platform/site";
import { createAccount } from "./account";
import { checkWorkload } from "./check";
import { filesOf } from "./container";
import { forSite } from "./for-site";
import { configMapName, podTemplate } from "./pod";
import { declareEdges, podsOf, type WorkloadArgs } from "./workload";

/** Arguments of {@link Batch}. */
export interface BatchArgs extends Omit<WorkloadArgs, "priority" | "probes" | "metrics"> {
  /** When it runs, as cron has it, in UTC. Left out: once, when it is made and whenever its pods would change. */
  readonly schedule?: string;
  /**
   * Seconds after which a run that has not ended is given up.
   * @default 14400, four hours
   */
  readonly deadlineSeconds?: number;
  /** Attempts after the first. @default 2 */
  readonly retries?: number;
}

/** Runs that ended and are kept, to be looked into. */
const keptRuns = 3;

/**
 * A workload that ends: on a schedule or once. It waits for room, never makes any, and is never run twice at a time.
 */
export class Batch extends pulumi.ComponentResource {
  /** The pods, for edges. */
  readonly pods: Pods;

  constructor(name: string, declared: BatchArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:Batch", name, {}, options);
    const args = { ...declared, ...forSite({ ...declared, priority: "batch" as const }) };
    const { site, namespace, workload, schedule } = args;
    const child = childOptions(this, site, namespace, ...(args.after ?? []));
    this.pods = podsOf(args);
    checkWorkload(args);
    declareEdges(args);

    const files = filesOf(args);
    const configuration =
      files &&
      new ConfigMap(
        `${name}-config`,
        { metadata: { name: configMapName(workload), namespace }, data: { ...files } },
        child,
      );
    const serviceAccount = createAccount(name, { namespace, workload, ...args.account }, child);
    const spec: types.input.batch.v1.JobSpec = {
      activeDeadlineSeconds: args.deadlineSeconds ?? 14_400,
      backoffLimit: args.retries ?? 2,
      template: podTemplate(args, {
        name: workload,
        serviceAccount,
        token: (args.account?.rules ?? []).length > 0,
        serving: false,
        restartPolicy: "OnFailure",
      }),
    };
    const metadata = { name: workload, namespace, labels: { app: workload } };
    if (schedule === undefined) {
      new KubernetesJob(
        `${name}-job`,
        {
          metadata: {
            ...metadata,
            annotations: { "pulumi.com/replaceUnready": "true", "pulumi.com/skipAwait": "true" },
          },
          spec,
        },
        { ...afterAlso(child, configuration), deleteBeforeReplace: true },
      );
    } else {
      new CronJob(
        `${name}-cron-job`,
        {
          metadata,
          spec: {
            schedule,
            timeZone: "Etc/UTC",
            concurrencyPolicy: "Forbid",
            startingDeadlineSeconds: 3600,
            successfulJobsHistoryLimit: keptRuns,
            failedJobsHistoryLimit: keptRuns,
            jobTemplate: { spec },
          },
        },
        afterAlso(child, configuration),
      );
    }
    this.registerOutputs();
  }
}
