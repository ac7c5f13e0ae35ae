import type { types } from "@pulumi/kubernetes";
import { CronJob } from "@pulumi/kubernetes/batch/v1";
import type * as pulumi from "@pulumi/pulumi";
import { scratchClass } from "../cluster/storage-classes";
import { runsToItsEnd, tried } from "../kit/jobs";
import { imageReference } from "../kit/mirror";
import { childOptions, type Site } from "../kit/site";
import { resources, restrictedContainer, restrictedPod } from "../kit/values";
import type { RecoveryTask, ThrowAwayServer, Variable } from "./recoverable-store";
import { recoverySoftware } from "./software";

/** Arguments of {@link recoveryJob}. */
export interface RecoveryJobArgs {
  readonly site: Site;
  readonly namespace: string;
  /** Name of the CronJob. */
  readonly job: string;
  /** Labels of its pods, by which network edges know them. */
  readonly labels: Readonly<Record<string, string>>;
  /** As cron has it, in UTC. */
  readonly schedule: string;
  readonly task: RecoveryTask;
  /** Seconds after which a run that has not ended is given up. */
  readonly deadlineSeconds: number;
  /** What the script is told, beside the task's own. */
  readonly environment: Readonly<Record<string, Variable>>;
  /** Service account of the pods. */
  readonly account: string;
  /** ConfigMap with the scripts. */
  readonly scripts: string;
  /** What has to exist before it. */
  readonly after: readonly pulumi.Resource[];
}

type Container = types.input.core.v1.Container;
type Volume = types.input.core.v1.Volume;

/** Attempts after the first, each with a pod and a volume of its own. */
const retries = 2;

/** Runs that ended and are kept, to be looked into. */
const keptRuns = 3;

/** What is copied from rclone's image. */
const toolsSize = "256Mi";

/** What a script keeps outside its volume. */
const temporarySize = "256Mi";

const folders = {
  work: "/workspace",
  tools: "/tools",
  scripts: "/scripts",
  secrets: "/secrets",
  tmp: "/tmp",
} as const;

/**
 * A CronJob that runs one of the scripts in the store's own image, with rclone copied into it, on a volume that is made for
 * the run and goes with it: nothing that a check restores outlives its pod. (R1, R2, K1, K2)
 */
export function recoveryJob(name: string, args: RecoveryJobArgs, parent: pulumi.Resource): CronJob {
  const { site, namespace, job, labels, task } = args;
  return new CronJob(
    name,
    {
      metadata: { name: job, namespace, labels: { ...labels } },
      spec: {
        schedule: args.schedule,
        timeZone: "Etc/UTC",
        concurrencyPolicy: "Forbid",
        startingDeadlineSeconds: 3600,
        successfulJobsHistoryLimit: keptRuns,
        failedJobsHistoryLimit: keptRuns,
        jobTemplate: {
          spec: {
            activeDeadlineSeconds: args.deadlineSeconds,
            ...tried(retries),
            template: {
              metadata: { labels: { ...labels }, annotations: runsToItsEnd },
              spec: {
                serviceAccountName: args.account,
                automountServiceAccountToken: false,
                enableServiceLinks: false,
                priorityClassName: "batch",
                restartPolicy: "Never",
                securityContext: {
                  ...restrictedPod,
                  runAsUser: task.user,
                  runAsGroup: task.user,
                  fsGroup: task.user,
                },
                initContainers: [
                  toolsContainer(site),
                  ...(task.servers ?? []).map((server) => serverContainer(site, server, task)),
                ],
                containers: [scriptContainer(args)],
                volumes: volumesOf(args),
              },
            },
          },
        },
      },
    },
    childOptions(parent, site, namespace, ...args.after),
  );
}

/** Puts rclone, and the authorities that it trusts, where the script's image finds them. */
function toolsContainer({ settings }: Site): Container {
  return {
    name: "tools",
    image: imageReference(recoverySoftware.rclone.image, settings.mirror),
    imagePullPolicy: "IfNotPresent",
    command: ["cp", "/usr/local/bin/rclone", "/etc/ssl/certs/ca-certificates.crt", `${folders.tools}/`],
    resources: resources({ cpu: "50m", memory: "64Mi", disk: toolsSize }),
    securityContext: restrictedContainer,
    volumeMounts: [{ name: "tools", mountPath: folders.tools }],
  };
}

/** A sidecar: it runs until the script has ended. */
function serverContainer({ settings }: Site, server: ThrowAwayServer, task: RecoveryTask): Container {
  return {
    name: server.name,
    image: imageReference(server.image, settings.mirror),
    imagePullPolicy: "IfNotPresent",
    restartPolicy: "Always",
    ...(server.args && { args: [...server.args] }),
    env: Object.entries(server.environment).map(([variable, value]) => ({ name: variable, value })),
    resources: resources(task.resources),
    securityContext: { ...restrictedContainer, runAsUser: server.user },
    volumeMounts: [
      { name: "work", mountPath: folders.work },
      { name: "tmp", mountPath: folders.tmp },
    ],
  };
}

function scriptContainer({ site, task, environment }: RecoveryJobArgs): Container {
  const interpreter = task.script.endsWith(".py") ? "python3" : "sh";
  return {
    name: "script",
    image: imageReference(task.image, site.settings.mirror),
    imagePullPolicy: "IfNotPresent",
    command: [interpreter, `${folders.scripts}/${task.script}`],
    env: Object.entries({
      WORK: folders.work,
      HOME: folders.tmp,
      RCLONE: `${folders.tools}/rclone`,
      SSL_CERT_FILE: `${folders.tools}/ca-certificates.crt`,
      ...environment,
      ...task.environment,
    }).map(([variable, value]) => environmentVariable(variable, value)),
    resources: resources({ ...task.resources, disk: temporarySize }),
    securityContext: restrictedContainer,
    // The script's last words say what is wrong: they stand in the pod's status.
    terminationMessagePolicy: "FallbackToLogsOnError",
    volumeMounts: [
      { name: "scripts", mountPath: folders.scripts, readOnly: true },
      { name: "tools", mountPath: folders.tools, readOnly: true },
      { name: "work", mountPath: folders.work },
      { name: "tmp", mountPath: folders.tmp },
      ...(task.files ? [{ name: "secrets", mountPath: folders.secrets, readOnly: true }] : []),
    ],
  };
}

function volumesOf({ site, task, scripts }: RecoveryJobArgs): Volume[] {
  return [
    { name: "scripts", configMap: { name: scripts } },
    { name: "tools", emptyDir: { sizeLimit: toolsSize } },
    { name: "tmp", emptyDir: { sizeLimit: temporarySize } },
    {
      name: "work",
      ephemeral: {
        volumeClaimTemplate: {
          spec: {
            accessModes: ["ReadWriteOnce"],
            storageClassName: scratchClass(site.cluster.storage),
            resources: { requests: { storage: task.workspace } },
          },
        },
      },
    },
    ...(task.files
      ? [
          {
            name: "secrets",
            secret: {
              secretName: task.files.secretName,
              defaultMode: 0o440,
              items: task.files.keys.map((key) => ({ key, path: key })),
            },
          },
        ]
      : []),
  ];
}

function environmentVariable(name: string, value: Variable): types.input.core.v1.EnvVar {
  if (typeof value === "object" && value !== null && "secret" in value && "key" in value) {
    return { name, valueFrom: { secretKeyRef: { name: value.secret.name, key: value.key } } };
  }
  return { name, value };
}
