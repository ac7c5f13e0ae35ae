import { clustersOn } from "../../model/clouds";
import { clusterName } from "../../model/expand";
import { at, listAt, textAt } from "../../model/facts/read";
import type { ModelObject } from "../../model/model";
import type { Plan } from "../../model/plan";
import { chartName, type Release, release, releaseType } from "../../model/release";
import { nameOf } from "../proof";
import { type Check, each, nothing } from "../verdict";

/** Kinds of metrics of an autoscaler that another server than Kubernetes' own has, and which list of the adapter's rules. */
const served = {
  Pods: ["pods", "custom"],
  Object: ["object", "custom"],
  External: ["external", "external"],
} as const;

/** What autoscalers go by is served: by the adapter's rules, or by the server of pods' metrics. */
export const metricsAreServed: Check = ({ model, plan }) => {
  if (plan === undefined) return nothing;
  const scalers = model
    .of("HorizontalPodAutoscaler")
    // On another stack's cluster that stack has the adapter; a local one brings its own.
    .filter(
      ({ cluster, manifest }) =>
        manifest !== undefined && model.of("PriorityClass").some((one) => one.cluster === cluster),
    );
  const local = clustersOn(plan, "local");
  return each(scalers, (scaler) => {
    const adapter = adapterOn(plan, scaler.cluster);
    return listAt(scaler.manifest, "spec", "metrics").flatMap((metric) => {
      const name = metricOf(metric);
      const hasPods =
        local.includes(scaler.cluster) ||
        model
          .of("APIService")
          .some((one) => one.cluster === scaler.cluster && one.name.endsWith(".metrics.k8s.io"));
      const isServed =
        name === undefined ? hasPods : adapter !== undefined && servesMetric(adapter, name.list, name.metric);
      return isServed ? [] : [faultOf(scaler, name?.metric)];
    });
  });
};

function faultOf(scaler: ModelObject, metric: string | undefined) {
  return {
    object: nameOf(scaler),
    rule:
      metric === undefined
        ? "it goes by what pods use, of the API metrics.k8s.io, which nothing makes: it never scales"
        : `it goes by ${metric}, which no rule of the metrics adapter yields: it never scales by it`,
    source: "Kubernetes, Horizontal Pod Autoscaling: metrics APIs; prometheus-adapter, docs/config.md",
    fix:
      metric === undefined
        ? "install metrics-server"
        : "add a rule to infra/platform/custom-metrics.ts, or name one of its metrics",
  };
}

function metricOf(
  metric: unknown,
): { readonly list: "custom" | "external"; readonly metric: string } | undefined {
  const type = textAt(metric, "type");
  if (type !== "Pods" && type !== "Object" && type !== "External") return undefined;
  const [field, list] = served[type];
  return { list, metric: textAt(metric, field, "metric", "name") ?? "" };
}

function adapterOn(plan: Plan, cluster: string): Release | undefined {
  return plan
    .all(releaseType, release)
    .find(
      ({ provider = "", inputs }) =>
        clusterName(provider) === cluster && chartName(inputs) === "prometheus-adapter",
    )?.inputs;
}

function servesMetric({ values }: Release, list: "custom" | "external", metric: string): boolean {
  // The chart's own rules yield every series.
  if (list === "custom" && at(values, "rules", "default") !== false) return true;
  return listAt(values, "rules", list).some((rule) => {
    const [as, series = ""] = [textAt(rule, "name", "as"), textAt(rule, "seriesQuery")];
    const found = /^[^{]*/.exec(series)?.[0] ?? "";
    if (as === undefined || as === "") return found === metric || found.replace(/_total$/, "") === metric;
    const matches = textAt(rule, "name", "matches") ?? "^(.*)$";
    return (
      (as.includes("$")
        ? found.replace(new RegExp(matches), as.replaceAll("${", "$").replaceAll("}", ""))
        : as) === metric
    );
  });
}
