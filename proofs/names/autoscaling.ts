import { at, listAt, numberAt, textAt } from "../../model/facts/read";
import type { Model, ModelObject, Workload } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";

const source = "Kubernetes, Horizontal Pod Autoscaling";

/** An autoscaler has figures to go by, and its workload for itself. */
export const autoscalersScale: Check = ({ model }) => {
  const scalers = model.of("HorizontalPodAutoscaler").filter(({ manifest }) => manifest !== undefined);
  return each(scalers, (scaler) => [
    ...shareFaults(model, scaler),
    ...twinFaults(scalers, scaler),
    ...containerFaults(model, scaler),
    ...boundFaults(model, scaler),
  ]);
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

/** What one container uses is asked of a container that there is. */
function containerFaults(
  model: Model,
  { cluster, namespace, manifest, ...scaler }: ModelObject,
): readonly Fault[] {
  const target = at(manifest, "spec", "scaleTargetRef");
  const [kind = "", name = ""] = [textAt(target, "kind"), textAt(target, "name")];
  const pod = model.find({ cluster, kind, namespace, name })?.pod;
  if (pod === undefined) return [];
  const names = running(pod).map((container) => container.name);
  return listAt(manifest, "spec", "metrics")
    .flatMap((metric) => textAt(metric, "containerResource", "container") ?? [])
    .filter((container) => !names.includes(container))
    .map((container) => ({
      object: nameOf({ cluster, namespace, kind: scaler.kind, name: scaler.name }),
      rule: `it goes by what the container ${container} uses, and pods of ${kind} ${name} have ${names.join(", ")}: it never scales`,
      source,
      fix: `name one of ${names.join(", ")}`,
    }));
}

/** The fewest pods are not more than the most, nor fewer than what its places and its rollouts count on. */
function boundFaults(model: Model, scaler: ModelObject): readonly Fault[] {
  const { cluster, namespace, manifest } = scaler;
  const [fewest, most] = [
    numberAt(manifest, "spec", "minReplicas") ?? 1,
    numberAt(manifest, "spec", "maxReplicas") ?? Number.POSITIVE_INFINITY,
  ];
  const target = at(manifest, "spec", "scaleTargetRef");
  const [kind = "", name = ""] = [textAt(target, "kind"), textAt(target, "name")];
  const scaled = model.find({ cluster, kind, namespace, name });
  const domains = Math.max(0, ...(scaled?.pod?.spread ?? []).map(({ minDomains = 0 }) => minDomains));
  const wanted = scaled?.replicas ?? 1;
  const recommender = model
    .of("VerticalPodAutoscaler")
    .find((one) => one.cluster === cluster && one.namespace === namespace && names(one.manifest, kind, name));
  const mode = textAt(recommender?.manifest, "spec", "updatePolicy", "updateMode") ?? "Auto";
  const fault = (rule: string, fix: string): Fault => ({ object: nameOf(scaler), rule, source, fix });
  return [
    ...(recommender !== undefined && mode !== "Off"
      ? [
          fault(
            `it and VerticalPodAutoscaler ${recommender.name} both change ${kind} ${name}: what pods request changes, and with it the share that the other goes by`,
            "let the vertical one recommend alone: updateMode Off",
          ),
        ]
      : []),
    ...(wanted === 0
      ? [
          fault(
            `${kind} ${name} has no pods, and at 0 an autoscaler does nothing`,
            "set replicas to 1 or more",
          ),
        ]
      : []),
    ...(most < fewest
      ? [
          fault(
            `it makes at least ${fewest} pods and at most ${most}: the API server refuses it`,
            "raise maxReplicas",
          ),
        ]
      : []),
    ...(most < wanted
      ? [
          fault(
            `it makes at most ${most} pods, and ${kind} ${name} starts with ${wanted}`,
            "raise maxReplicas",
          ),
        ]
      : []),
    ...(fewest < 2 && wanted > 1
      ? [
          fault(
            `it leaves one pod of ${kind} ${name}, which is spread over places and may lose one of ${wanted}: its node takes the last along`,
            "set minReplicas to 2 or more",
          ),
        ]
      : []),
    ...(fewest < domains
      ? [
          fault(
            `it leaves ${fewest} pods of ${kind} ${name}, which are to be in ${domains} places`,
            `set minReplicas to ${domains} or more`,
          ),
        ]
      : []),
  ];
}

function names(vertical: unknown, kind: string, name: string): boolean {
  const target = at(vertical, "spec", "targetRef");
  return textAt(target, "kind") === kind && textAt(target, "name") === name;
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
