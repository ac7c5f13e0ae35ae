import { at, isObject, type JsonObject, listAt, numberAt, textAt } from "../json";
import { failed, type Readiness, type ReadinessRule, ready, waiting } from "./readiness";

/** Controllers write what they have seen: before that, the status is about an older specification. */
function isObserved(object: JsonObject): boolean {
  return (
    (numberAt(object, "status", "observedGeneration") ?? 0) >=
    (numberAt(object, "metadata", "generation") ?? 0)
  );
}

const notObserved = waiting("the controller has not seen the object yet");

export function conditionOf(object: JsonObject, type: string): JsonObject | undefined {
  return listAt(object, "status", "conditions")
    .filter(isObject)
    .find((condition) => condition.type === type);
}

function count(object: JsonObject, field: string): number {
  return numberAt(object, "status", field) ?? 0;
}

function deployment(object: JsonObject): Readiness {
  if (!isObserved(object)) {
    return notObserved;
  }
  const wanted = numberAt(object, "spec", "replicas") ?? 1;
  const updated = count(object, "updatedReplicas");
  const old = count(object, "replicas") - updated;
  const available = count(object, "availableReplicas");
  const late = stalled(object);
  if (updated < wanted) {
    return waiting(`${updated} of ${wanted} replicas are of the new version${late}`);
  }
  if (old > 0) {
    return waiting(`${old} replicas of the old version are still there${late}`);
  }
  return available < wanted ? waiting(`${available} of ${wanted} replicas available${late}`) : ready;
}

/** A rollout that is past its deadline is not over: it goes on when what held it up is there. */
function stalled(deployment: JsonObject): string {
  const isLate = textAt(conditionOf(deployment, "Progressing"), "reason") === "ProgressDeadlineExceeded";
  return isLate
    ? `, without progress for ${numberAt(deployment, "spec", "progressDeadlineSeconds") ?? 600} s`
    : "";
}

function statefulSet(object: JsonObject): Readiness {
  if (!isObserved(object)) {
    return notObserved;
  }
  const wanted = numberAt(object, "spec", "replicas") ?? 1;
  const readyReplicas = count(object, "readyReplicas");
  if (readyReplicas < wanted) {
    return waiting(`${readyReplicas} of ${wanted} replicas ready`);
  }
  if (textAt(object, "spec", "updateStrategy", "type") === "OnDelete") {
    return ready;
  }
  const partition = numberAt(object, "spec", "updateStrategy", "rollingUpdate", "partition") ?? 0;
  const toUpdate = Math.max(0, wanted - partition);
  const isUpdated =
    textAt(object, "status", "updateRevision") === textAt(object, "status", "currentRevision") ||
    count(object, "updatedReplicas") >= toUpdate;
  return isUpdated
    ? ready
    : waiting(`${count(object, "updatedReplicas")} of ${toUpdate} replicas are of the new version`);
}

function daemonSet(object: JsonObject): Readiness {
  if (!isObserved(object)) {
    return notObserved;
  }
  const wanted = count(object, "desiredNumberScheduled");
  const isRolling = textAt(object, "spec", "updateStrategy", "type") !== "OnDelete";
  if (isRolling && count(object, "updatedNumberScheduled") < wanted) {
    return waiting(`${count(object, "updatedNumberScheduled")} of ${wanted} pods are of the new version`);
  }
  const available = count(object, "numberAvailable");
  return available < wanted ? waiting(`${available} of ${wanted} pods available`) : ready;
}

function job(object: JsonObject): Readiness {
  const failure = conditionOf(object, "Failed");
  if (textAt(failure, "status") === "True") {
    return failed(`the job failed: ${textAt(failure, "reason")}: ${textAt(failure, "message")}`);
  }
  if (textAt(conditionOf(object, "Complete"), "status") === "True") {
    return ready;
  }
  const completions = numberAt(object, "spec", "completions") ?? 1;
  return waiting(
    `${count(object, "succeeded")} of ${completions} completions, ${count(object, "active")} pods active`,
  );
}

function pod(object: JsonObject): Readiness {
  const phase = textAt(object, "status", "phase");
  if (phase === "Succeeded" || textAt(conditionOf(object, "Ready"), "status") === "True") {
    return ready;
  }
  const trouble = podTrouble(object);
  if (phase === "Failed") {
    return failed(trouble ?? "the pod failed");
  }
  return waiting(trouble ?? `the pod is ${phase || "not scheduled yet"}`);
}

/** What keeps a pod from being ready, in one sentence; undefined when nothing is wrong with it. */
export function podTrouble(object: JsonObject): string | undefined {
  if (textAt(conditionOf(object, "Ready"), "status") === "True") {
    return undefined;
  }
  const phase = textAt(object, "status", "phase") || "Pending";
  const label = `Pod ${textAt(object, "metadata", "name")} is ${phase}`;
  const scheduled = conditionOf(object, "PodScheduled");
  if (textAt(scheduled, "status") === "False") {
    return `${label}: ${textAt(scheduled, "reason")}: ${textAt(scheduled, "message")}`;
  }
  const containers = [
    ...listAt(object, "status", "initContainerStatuses"),
    ...listAt(object, "status", "containerStatuses"),
  ];
  for (const container of containers) {
    const state = at(container, "state", "waiting") ?? at(container, "state", "terminated");
    const reason = textAt(state, "reason");
    if (
      reason !== "" &&
      reason !== "Completed" &&
      reason !== "ContainerCreating" &&
      reason !== "PodInitializing"
    ) {
      return `${label}: container ${textAt(container, "name")}: ${reason}: ${textAt(state, "message")}`;
    }
  }
  const message = textAt(object, "status", "message");
  return message === "" ? undefined : `${label}: ${message}`;
}

export const workloadRules: Readonly<Record<string, ReadinessRule>> = {
  "apps/Deployment": { judge: deployment },
  "apps/StatefulSet": { judge: statefulSet },
  "apps/DaemonSet": { judge: daemonSet },
  "batch/Job": { judge: job, applies: (object) => at(object, "spec", "suspend") !== true },
  "/Pod": { judge: pod },
};
