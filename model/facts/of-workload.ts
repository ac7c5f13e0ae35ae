import type { ClaimFacts, ObjectFacts } from "./object";
import { podFactsOf } from "./of-pod";
import { at, listAt, numberAt, some, textAt, textsAt } from "./read";

type WorkloadFacts = Pick<ObjectFacts, "replicas" | "pod" | "claims" | "backoffLimit" | "schedule">;

/** Kinds with pods, and the path of their template. */
const templates: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ["spec", "template"],
  ReplicaSet: ["spec", "template"],
  StatefulSet: ["spec", "template"],
  DaemonSet: ["spec", "template"],
  Job: ["spec", "template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
};

/** The facts about the pods that an object creates; empty for other kinds. */
export function workloadFactsOf(kind: string, manifest: unknown): WorkloadFacts {
  const path = templates[kind];
  if (path === undefined) {
    return {};
  }
  const job = kind === "CronJob" ? at(manifest, "spec", "jobTemplate") : manifest;
  return {
    replicas: numberAt(job, "spec", kind.endsWith("Job") ? "parallelism" : "replicas"),
    pod: podFactsOf(at(manifest, ...path)),
    claims: some(listAt(manifest, "spec", "volumeClaimTemplates").map(claimOf)),
    backoffLimit: numberAt(job, "spec", "backoffLimit"),
    schedule: kind === "CronJob" ? textAt(manifest, "spec", "schedule") : undefined,
  };
}

/** The specification of the pods that a workload's manifest makes; undefined for other kinds. */
export function podSpecOf(manifest: unknown): unknown {
  return (
    at(manifest, "spec", "jobTemplate", "spec", "template", "spec") ??
    at(manifest, "spec", "template", "spec")
  );
}

/** A claim, independent or as a template. */
export function claimOf(claim: unknown): ClaimFacts {
  return {
    name: textAt(claim, "metadata", "name") ?? "",
    class: textAt(claim, "spec", "storageClassName"),
    size: String(at(claim, "spec", "resources", "requests", "storage") ?? ""),
    modes: [...textsAt(claim, "spec", "accessModes")],
  };
}
