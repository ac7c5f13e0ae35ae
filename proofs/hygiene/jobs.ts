import { runsToItsEnd } from "../../infra/kit/jobs";
import { at, listAt, numberAt, textAt } from "../../model/facts/read";
import type { Model, Workload } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each, sum } from "../verdict";

/** The most retries that make sense: after these the fault is in the job. */
const mostRetries = 6;

/** The program's jobs have accounts of their own, and finish although nodes are lost. */
export const jobsAreSafe: Check = ({ model }) => {
  const jobs = model.workloads.filter(
    ({ kind, origin, manifest }) =>
      (kind === "Job" || kind === "CronJob") &&
      manifest !== undefined &&
      (origin.by === "program" || origin.by === "cluster"),
  );
  return sum([each(jobs, (job) => accountFaults(model, job)), each(jobs, survivalFaults)]);
};

function accountFaults(model: Model, job: Workload): readonly Fault[] {
  const { cluster, namespace, pod } = job;
  const source =
    "Kubernetes, service accounts: least privilege is given by account, to every pod that has it";
  const account = pod.serviceAccount;
  if (account === undefined || account === "default") {
    return [
      {
        object: nameOf(job),
        rule: "its pods run under the account of the namespace",
        source,
        fix: "make an account for it, and name that in serviceAccountName",
      },
    ];
  }
  const others = model.workloads.filter(
    (other) =>
      other.cluster === cluster &&
      other.namespace === namespace &&
      other.pod.serviceAccount === account &&
      nameOf(other) !== nameOf(job) &&
      // Ignores the Jobs of the CronJob itself.
      other.owner !== `${job.kind}/${job.name}`,
  );
  const isBound = model
    .of("RoleBinding", "ClusterRoleBinding")
    .some(
      (binding) =>
        binding.cluster === cluster &&
        binding.subjects?.includes(`ServiceAccount ${namespace}/${account}`) === true,
    );
  const made = model.find({ cluster, kind: "ServiceAccount", namespace, name: account });
  const automount = pod.automountToken ?? made?.automountToken ?? true;
  return [
    ...(others.length > 0
      ? [
          {
            object: nameOf(job),
            rule: `it shares the account ${account} with ${others.map(({ name }) => name).join(", ")}`,
            source,
            fix: "give each job an account of its own",
          },
        ]
      : []),
    ...(automount && !isBound
      ? [
          {
            object: nameOf(job),
            rule: `its pods get a token of ${account}, which no role is bound to`,
            source: "Kubernetes, service accounts: a token that nothing uses can only be stolen",
            fix: "set automountServiceAccountToken to false",
          },
        ]
      : []),
  ];
}

function survivalFaults(job: Workload): readonly Fault[] {
  const template = job.kind === "CronJob" ? at(job.manifest, "spec", "jobTemplate") : job.manifest;
  const spec = at(template, "spec");
  const [annotation = ""] = Object.keys(runsToItsEnd);
  const retries = numberAt(spec, "backoffLimit") ?? mostRetries;
  const ignores = listAt(spec, "podFailurePolicy", "rules").some(
    (rule) =>
      textAt(rule, "action") === "Ignore" &&
      listAt(rule, "onPodConditions").some((condition) => textAt(condition, "type") === "DisruptionTarget"),
  );
  const faults = [
    ...(textAt(spec, "template", "metadata", "annotations", annotation) === "false"
      ? []
      : [
          {
            rule: "the autoscaler takes its node away while it runs, and what it has done so far is lost",
            source: "cluster-autoscaler, FAQ: what types of pods can prevent it from removing a node",
            fix: `annotate its pods with ${annotation}: "false"`,
          },
        ]),
    ...(ignores && textAt(spec, "template", "spec", "restartPolicy") === "Never"
      ? []
      : [
          {
            rule: "a pod that its node took along counts as a failed attempt",
            source: "Kubernetes, Jobs: pod failure policy, which asks for restartPolicy Never",
            fix: "have podFailurePolicy ignore DisruptionTarget, and never restart its containers in place",
          },
        ]),
    ...(job.kind === "Job" && job.origin.by === "program" && at(spec, "ttlSecondsAfterFinished") !== undefined
      ? [
          {
            rule: `it is removed ${numberAt(spec, "ttlSecondsAfterFinished")} s after its end, and the program declares it: a refresh finds it gone, and the next up runs it again`,
            source: "Kubernetes, automatic cleanup for finished Jobs; Pulumi, refresh",
            fix: "leave ttlSecondsAfterFinished out: the next change replaces the Job",
          },
        ]
      : []),
    ...(retries >= 1 && retries <= mostRetries
      ? []
      : [
          {
            rule: `it is tried again ${retries} times`,
            source: "Kubernetes, Jobs: backoffLimit",
            fix: `let it be tried again once to ${mostRetries} times`,
          },
        ]),
  ];
  return faults.map((fault) => ({ object: nameOf(job), ...fault }));
}
