import type { types } from "@pulumi/kubernetes";
import { CronJob, Job as KubernetesJob } from "@pulumi/kubernetes/batch/v1";
import { ConfigMap } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { runsToItsEnd, tried } from "../../infra/kit/jobs";
import { afterAlso, childOptions } from "../../infra/kit/site";
import type { Pods } from "../../infra/network/edge";
import { createAccount } from "./account";
import { checkWorkload } from "./check";
import { forSite } from "./for-site";
import { filesOf } from "./mounts";
import { configMapName, podTemplate } from "./pod";
import { createWorkersService, withWorkers } from "./workers";
import { declareEdges, podsOf, type WorkloadArgs } from "./workload";

/** Arguments of {@link Batch}. */
export interface BatchArgs
  extends Omit<WorkloadArgs, "priority" | "probes" | "metrics" | "sidecars" | "spot"> {
  /** When it runs, as cron has it, in UTC. Left out: once, when it is made and whenever its pods would change. */
  readonly schedule?: string;
  /**
   * Seconds after which a run that has not ended is given up.
   * @default 14400, four hours
   */
  readonly deadlineSeconds?: number;
  /** Attempts after the first. @default 2 */
  readonly retries?: number;
  /**
   * Pods that work on one run together, at most one on a node: each is told where the first of them is, and may call the others.
   * @default one pod, which is told nothing
   */
  readonly workers?: number;
  /** Whether something waits for its end, so that it does not wait for spot nodes. @default false */
  readonly urgent?: boolean;
  /** Only on request: `kubectl create job --from=cronjob/NAME RUN`. @default false */
  readonly onDemand?: boolean;
}

/** A CronJob must have a schedule, even one that is suspended for good. */
const never = "0 0 1 1 *";

/** Runs that ended and are kept, to be looked into. */
const keptRuns = 3;

/**
 * A workload that ends: on a schedule or once. It waits for room, never makes any, and is never run twice at a time. Where
 * the cluster has 000's spot workers it runs on those, unless it needs cards or something waits for it. (C4, 000)
 */
export class Batch extends pulumi.ComponentResource {
  /** The pods, for edges. */
  readonly pods: Pods;
  /** The Job or CronJob, for what follows it. */
  readonly resource: pulumi.Resource;

  constructor(name: string, declared: BatchArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:Batch", name, {}, options);
    const { urgent = false, gpus = 0 } = declared;
    const spot = gpus > 0 || urgent ? undefined : ("batch" as const);
    const together = declared.workers === undefined ? declared : withWorkers(declared, declared.workers);
    const args = { ...together, ...forSite({ ...together, priority: "batch" as const, spot }) };
    const { site, namespace, workload, workers, onDemand = false } = args;
    const schedule = onDemand ? never : args.schedule;
    const child = childOptions(this, site, namespace, ...(args.after ?? []));
    this.pods = podsOf(args);
    checkWorkload(args, { pods: workers ?? 1 });
    declareEdges(args);
    if (workers !== undefined) createWorkersService(name, args, child);

    const files = filesOf(args);
    const configuration =
      files &&
      new ConfigMap(
        `${name}-config`,
        { metadata: { name: configMapName(workload), namespace }, data: { ...files } },
        child,
      );
    const account = createAccount(name, { namespace, workload, ...args.account }, child);
    const before = afterAlso(child, configuration, ...account.resources);
    const spec: types.input.batch.v1.JobSpec = {
      activeDeadlineSeconds: args.deadlineSeconds ?? 14_400,
      ...tried(args.retries ?? 2),
      ...(workers !== undefined && {
        completionMode: "Indexed",
        completions: workers,
        parallelism: workers,
      }),
      template: podTemplate(
        { ...args, annotations: { ...args.annotations, ...runsToItsEnd } },
        {
          name: workload,
          serviceAccount: account.name,
          token: (args.account?.rules ?? []).length > 0,
          drainSeconds: 0,
          restartPolicy: "Never",
          zones: [],
        },
      ),
    };
    const metadata = { name: workload, namespace, labels: { app: workload } };
    if (schedule === undefined) {
      this.resource = new KubernetesJob(
        `${name}-job`,
        {
          metadata: {
            ...metadata,
            annotations: {
              "pulumi.com/replaceUnready": "true",
              // What it works on may not be there yet: an `up` does not wait for its end.
              "pulumi.com/skipAwait": "true",
            },
          },
          spec,
        },
        { ...before, deleteBeforeReplace: true },
      );
    } else {
      this.resource = new CronJob(
        `${name}-cron-job`,
        {
          metadata,
          spec: {
            schedule,
            suspend: onDemand,
            timeZone: "Etc/UTC",
            concurrencyPolicy: "Forbid",
            startingDeadlineSeconds: 3600,
            successfulJobsHistoryLimit: keptRuns,
            failedJobsHistoryLimit: keptRuns,
            jobTemplate: { spec },
          },
        },
        before,
      );
    }
    this.registerOutputs();
  }
}
