import { at, listAt, textAt } from "../../model/facts/read";
import type { Model, ModelObject, Workload } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";

const source = "Kubernetes, Horizontal Pod Autoscaling";

/** An autoscaler has figures to go by, and its workload for itself. */
export const autoscalersScale: Check = ({ model }) => {
  const scalers = model.of("HorizontalPodAutoscaler").filter(({ manifest }) => manifest !== undefined);
  return each(scalers, (scaler) => [...shareFaults(model, scaler), ...twinFaults(scalers, scaler)]);
};

/** A share of what pods request needs a request of each of their containers. */
function shareFaults(model: Model, scaler: ModelObject): readonly Fault[] {
  const { cluster, namespace, manifest } = scaler;
  const target = at(manifest, "spec", "scaleTargetRef");
  const [kind = "", name = ""] = [textAt(target, "kind"), textAt(target, "name")];
  const pod = model.find({ cluster, kind, namespace, name })?.pod;
  if (pod === undefined) return [];
  return listAt(manifest, "spec", "metrics").flatMap((metric) => {
    const resource = textAt(metric, "resource", "name");
    if (resource === undefined || textAt(metric, "resource", "target", "type") !== "Utilization") return [];
    const silent = running(pod).filter(({ resources }) => resources?.requests?.[resource] === undefined);
    return silent.map((container) => ({
      object: nameOf(scaler),
      rule: `it goes by a share of requested ${resource}, and the container ${container.name} of ${kind} ${name} requests none: it never scales`,
      source,
      fix: `give the container a request of ${resource}, or go by an average value`,
    }));
  });
}

function running({ containers }: Workload["pod"]) {
  return containers.filter(({ init, sidecar }) => init !== true || sidecar === true);
}

function twinFaults(scalers: readonly ModelObject[], scaler: ModelObject): readonly Fault[] {
  const target = targetOf(scaler);
  const twin = scalers.find((other) => other !== scaler && targetOf(other) === target);
  return twin === undefined
    ? []
    : [
        {
          object: nameOf(scaler),
          rule: `it and ${twin.name} scale the same ${target.split(" ").slice(2).join(" ")}: each undoes what the other does`,
          source,
          fix: "keep one of them",
        },
      ];
}

function targetOf({ cluster, namespace, manifest }: ModelObject): string {
  const target = at(manifest, "spec", "scaleTargetRef");
  return `${cluster} ${namespace} ${textAt(target, "kind")} ${textAt(target, "name")}`;
}
