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
        return map?.origin.by === "program" && !named.test(name) ? [{ workload, name }] : [];
      }),
    );
  return each(readers, ({ workload, name }) =>
    annotationsOf(workload, order).some((key) => ofContents.test(key))
      ? undefined
      : {
          object: nameOf(workload),
          rule: `it reads the ConfigMap ${name}, and nothing rolls it when that changes: what is new there never gets to it`,
          source: "Kubernetes, ConfigMaps: environment and subPath are read once, and a Job's pods run once",
          fix: `put a checksum of ${name} among the annotations of its pods`,
        },
  );
};

/** Keys of the annotations of its pods; of an operator's pods those of the custom resource, which it hands on. */
function annotationsOf(workload: Workload, order: Dependencies): readonly string[] {
  const maker = order.makerOf(workload)?.inputs;
  const paths = [
    ["spec", "template", "metadata", "annotations"],
    ...(workload.origin.by === "operator" ? [["metadata", "annotations"]] : []),
  ];
  return paths.flatMap((path) => entriesAt(maker, ...path).map(([key]) => key));
}

/** Files of a volume that are mounted one by one never change in a running pod. */
export function mountsOneByOne(manifest: unknown, volume: string): boolean {
  const spec = podSpecOf(manifest);
  return ["initContainers", "containers"]
    .flatMap((list) => listAt(spec, list))
    .flatMap((container) => listAt(container, "volumeMounts"))
    .some((mount) => at(mount, "name") === volume && at(mount, "subPath") !== undefined);
}
