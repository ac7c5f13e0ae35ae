import { type PodGroup, podsOf } from "../../estimate/pods";
import { releaseType } from "../../estimate/pods/releases";
import { Plan } from "../../model/plan";
import { logicalName, type State, type StateResource } from "../engine/state";
import { isRecorded } from "../providers/kubernetes/recorded";

/** Kinds whose pods Kubernetes itself makes, so that the sandbox has them. */
const made = new Set(["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"]);

/** Pods that a stack is to have and the sandbox has not, by the logical name of their cluster's provider. */
export function missingPods(stack: string, state: State): readonly PodGroup[] {
  const installed = state.resources.filter(
    ({ type, outputs }) => type === releaseType && !isRecorded(outputs),
  );
  const there = new Set(installed.map(({ urn }) => logicalName(urn)));
  const planned = state.resources.filter(({ urn }) => !there.has(logicalName(urn))).map(asPlanned);
  return podsOf(Plan.of(stack, planned)).filter(({ kind }) => !made.has(kind));
}

function asPlanned({ urn, type, inputs, parent, provider }: StateResource) {
  return {
    type,
    name: logicalName(urn),
    inputs,
    options: {
      parent: parent && `${typeOf(parent)}::${logicalName(parent)}`,
      provider: provider && logicalName(provider.slice(0, provider.lastIndexOf("::"))),
    },
  };
}

/** The last of the types that a URN has: that of the resource itself. */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
