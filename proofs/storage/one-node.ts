import { clustersOn } from "../../model/clouds";
import { podSpecOf } from "../../model/facts/of-workload";
import { at, listAt, numberOrTextAt, textAt } from "../../model/facts/read";
import type { Model, Workload } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";
import { writtenWorkloads } from "../written";

const source = "Kubernetes, persistent volumes: access modes; a disk is attached to one node at a time";

/** A disk is for the pods of one node: no second pod waits for it, neither of a rollout nor of another workload. */
export const disksAreOfOnePod: Check = ({ model, plan }) => {
  // A laptop has one node.
  const local = plan === undefined ? [] : clustersOn(plan, "local");
  const mounting = writtenWorkloads(model)
    .filter(({ cluster }) => !local.includes(cluster))
    .flatMap((workload) => disksOf(model, workload).map((claim) => ({ workload, claim })));
  return each(mounting, ({ workload, claim }) => {
    const others = mounting.filter(
      (other) =>
        other.claim === claim &&
        other.workload !== workload &&
        other.workload.cluster === workload.cluster &&
        other.workload.namespace === workload.namespace,
    );
    const rule = reasonOf(
      workload,
      claim,
      others.map(({ workload: { name } }) => name),
    );
    return rule && ({ object: nameOf(workload), source, ...rule } satisfies Fault);
  });
};

/** Claims of a workload's pods that one node alone mounts. */
function disksOf(model: Model, { cluster, namespace, manifest }: Workload): readonly string[] {
  return listAt(podSpecOf(manifest), "volumes").flatMap((volume) => {
    const name = textAt(volume, "persistentVolumeClaim", "claimName") ?? "";
    const modes = model.find({ cluster, kind: "PersistentVolumeClaim", namespace, name })?.modes ?? [];
    return modes.length > 0 && modes.every((mode) => mode.startsWith("ReadWriteOnce")) ? [name] : [];
  });
}

function reasonOf(
  { kind, manifest, replicas = 1 }: Workload,
  claim: string,
  others: readonly string[],
): Pick<Fault, "rule" | "fix"> | undefined {
  if (others.length > 0) {
    return {
      rule: `it and ${others.join(", ")} mount the disk ${claim}, which is on one node at a time: pods elsewhere wait for ever`,
      fix: "take the access mode ReadWriteMany and a class of files",
    };
  }
  if (kind === "DaemonSet" || replicas > 1) {
    return {
      rule: `its ${kind === "DaemonSet" ? "pods" : `${replicas} pods`} mount one disk, ${claim}, which is on one node at a time: pods elsewhere wait for ever`,
      fix: "take the access mode ReadWriteMany and a class of files, or a claim for each pod",
    };
  }
  const strategy = at(manifest, "spec", "strategy");
  const surge = numberOrTextAt(strategy, "rollingUpdate", "maxSurge") ?? "25%";
  return kind === "Deployment" &&
    textAt(strategy, "type") !== "Recreate" &&
    Number.parseInt(String(surge), 10) !== 0
    ? {
        rule: `its rollout starts a second pod before the first ends, and both mount the disk ${claim}: on another node it waits for ever`,
        fix: "take the strategy Recreate, or maxSurge 0",
      }
    : undefined;
}
