import { createHash } from "node:crypto";
import { Dependencies } from "../../model/dependencies";
import { podSpecOf } from "../../model/facts/of-workload";
import { at, entriesAt, listAt } from "../../model/facts/read";
import type { Workload } from "../../model/model";
import { nameOf } from "../proof";
import { type Check, each, nothing } from "../verdict";
import { readsOf } from "./readers";

/** Annotations that change with what pods read: the program's own, and those that charts are used to. */
const ofContents = /(^|[/.-])(checksum|configuration|config-hash)([/.-]|$)/;

/** A name that changes with the contents: a new object is a change of the pods themselves. */
const named = /-[0-9a-f]{8,}$/;

/**
 * Whoever reads a ConfigMap of the program has an annotation that changes with it: environment is read once, files by most software too, and
 * a Job runs once. CronJobs read it anew with each run.
 */
export const configurationRolls: Check = ({ model, plan }) => {
  if (plan === undefined) return nothing;
  const order = new Dependencies(plan);
  const readers = model.workloads
    .filter(({ kind, hook }) => kind !== "CronJob" && hook === undefined)
    .flatMap((workload) =>
      readsOf(workload, "configMap").flatMap((name) => {
        const { cluster, namespace } = workload;
        const map = model.find({ cluster, kind: "ConfigMap", namespace, name });
        return map?.origin.by === "program" && !named.test(name) ? [{ workload, name, map }] : [];
      }),
    );
  return each(readers, ({ workload, name, map }) => {
    const found = annotationsOf(workload, order).filter(([key]) => ofContents.test(key));
    return found.some(([, value]) => isMadeOf(value, map.manifest))
      ? undefined
      : {
          object: nameOf(workload),
          rule:
            found.length === 0
              ? `it reads the ConfigMap ${name}, and nothing rolls it when that changes: what is new there never gets to it`
              : `it reads the ConfigMap ${name}, and ${found.map(([key]) => key).join(" and ")} is made of something else: what is new there never gets to it`,
          source: "Kubernetes, ConfigMaps: environment and subPath are read once, and a Job's pods run once",
          fix: `put a checksum of ${name} among the annotations of its pods (infra/kit/checksum.ts)`,
        };
  });
};

/** Digits that a checksum has at least. */
const leastDigits = 8;

/** Whether a text is a checksum of a ConfigMap's files, or has them in it as they are. */
function isMadeOf(value: string, map: unknown): boolean {
  const files = ["data", "binaryData"].flatMap((part) => entriesAt(map, part));
  const digest = createHash("sha256").update(JSON.stringify(files.toSorted())).digest("hex");
  const lines = files.flatMap(([, text]) =>
    String(text)
      .split("\n")
      .filter((line) => line.trim() !== ""),
  );
  return (
    (value.length >= leastDigits && digest.startsWith(value)) ||
    (lines.length > 0 && lines.every((line) => value.includes(line)))
  );
}

/** The annotations of its pods; of an operator's pods those of the custom resource, which it hands on. */
function annotationsOf(workload: Workload, order: Dependencies): readonly (readonly [string, string])[] {
  const maker = workload.origin.by === "program" ? workload.manifest : order.makerOf(workload)?.inputs;
  const paths = [
    ["spec", "template", "metadata", "annotations"],
    ...(workload.origin.by === "operator" ? [["metadata", "annotations"]] : []),
  ];
  return paths.flatMap((path) =>
    entriesAt(maker, ...path).map(([key, value]) => [key, String(value)] as const),
  );
}

/** Files of a volume that are mounted one by one never change in a running pod. */
export function mountsOneByOne(manifest: unknown, volume: string): boolean {
  const spec = podSpecOf(manifest);
  return ["initContainers", "containers"]
    .flatMap((list) => listAt(spec, list))
    .flatMap((container) => listAt(container, "volumeMounts"))
    .some((mount) => at(mount, "name") === volume && at(mount, "subPath") !== undefined);
}
