import { podSpecOf } from "../../model/facts/of-workload";
import { at, booleanAt, listAt, numberAt, textAt } from "../../model/facts/read";
import type { Workload } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";
import { writtenWorkloads } from "../written";

type Found = Pick<Fault, "rule" | "fix">;

/** Conditions of pods that something in a cluster sets, by the beginnings of their names. */
const knownGates: readonly string[] = ["target-health.elbv2.k8s.aws/", "target-health.alb.ingress.k8s.aws/"];

const scheduler = "default-scheduler";

/** Pods are made, placed and taken into service: nothing that people would have to lift first holds them. */
export const podsAreStarted: Check = ({ model }) =>
  each(writtenWorkloads(model), (workload) =>
    [...ofWorkload(workload), ...ofPods(workload)].map(
      ({ rule, fix }): Fault => ({
        object: nameOf(workload),
        rule,
        source: "Kubernetes API reference: DeploymentSpec, JobSpec, PodSpec",
        fix,
      }),
    ),
  );

function ofWorkload({ kind, manifest }: Workload): readonly Found[] {
  const spec = at(manifest, "spec");
  const job = kind === "CronJob" ? at(spec, "jobTemplate", "spec") : spec;
  const isJob = kind === "Job" || kind === "CronJob";
  return [
    ...(kind === "Deployment" && booleanAt(spec, "paused") === true
      ? [{ rule: "its rollout is paused: no change of its pods gets to them", fix: "take paused away" }]
      : []),
    ...(isJob && booleanAt(job, "suspend") === true
      ? [{ rule: "its jobs are suspended: they make no pod", fix: "take suspend away" }]
      : []),
    ...(isJob && numberAt(job, "parallelism") === 0
      ? [{ rule: "none of its pods may run at once: it makes none", fix: "set parallelism to 1 or more" }]
      : []),
  ];
}

function ofPods({ manifest }: Workload): readonly Found[] {
  const spec = podSpecOf(manifest);
  const [node, other] = [textAt(spec, "nodeName"), textAt(spec, "schedulerName") ?? scheduler];
  const gates = listAt(spec, "readinessGates").flatMap((gate) => textAt(gate, "conditionType") ?? []);
  return [
    ...(node === undefined
      ? []
      : [
          {
            rule: `its pods are for the node ${node} alone, past the scheduler: when that is gone, they never start`,
            fix: "select nodes by labels",
          },
        ]),
    ...(other === scheduler
      ? []
      : [
          {
            rule: `its pods wait for the scheduler ${other}, which nothing runs`,
            fix: "leave schedulerName out",
          },
        ]),
    ...listAt(spec, "schedulingGates").map((gate) => ({
      rule: `its pods wait for something to remove the scheduling gate ${textAt(gate, "name")}`,
      fix: "leave schedulingGates out",
    })),
    ...gates
      .filter((gate) => !knownGates.some((known) => gate.startsWith(known)))
      .map((gate) => ({
        rule: `its pods are ready once something sets their condition ${gate}, and nothing does: they get no requests`,
        fix: "leave readinessGates out",
      })),
  ];
}
