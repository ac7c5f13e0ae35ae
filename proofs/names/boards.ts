import { clusterName } from "../../model/expand";
import { at, entriesAt, textAt } from "../../model/facts/read";
import type { Model, ModelObject } from "../../model/model";
import type { Plan } from "../../model/plan";
import { chartName, release, releaseType } from "../../model/release";
import { type Fault, nameOf } from "../proof";
import { type Check, each, nothing } from "../verdict";

/** Grafana's sidecars find the program's dashboards and data sources. */
export const boardsAreFound: Check = ({ model, plan }) =>
  plan === undefined ? nothing : each(boardsOf(model, plan), boardFault);

/** A ConfigMap that Grafana's sidecar is to find. */
interface Board {
  readonly map: ModelObject;
  readonly what: "dashboards" | "datasources";
  readonly grafana: Grafana;
}

interface Grafana {
  readonly namespace: string;
  /** The values of its sidecars. */
  readonly sidecars: unknown;
}

const usual = { dashboards: "grafana_dashboard", datasources: "grafana_datasource" } as const;

/** The program's dashboards and data sources on clusters with a Grafana: told by what is in them, not by their labels. */
function boardsOf(model: Model, plan: Plan): readonly Board[] {
  return model.of("ConfigMap").flatMap((map) => {
    const what = contentOf(map);
    const grafana = what === undefined ? undefined : grafanaOn(plan, map.cluster);
    return what === undefined || grafana === undefined ? [] : [{ map, what, grafana }];
  });
}

function contentOf({ manifest }: ModelObject): Board["what"] | undefined {
  const texts = entriesAt(manifest, "data").flatMap(([, text]) => (typeof text === "string" ? [text] : []));
  if (texts.some((text) => /"panels"\s*:/.test(text) && /"schemaVersion"\s*:/.test(text)))
    return "dashboards";
  return texts.some((text) => /^apiVersion: 1$/m.test(text) && /^datasources:/m.test(text))
    ? "datasources"
    : undefined;
}

function grafanaOn(plan: Plan, cluster: string): Grafana | undefined {
  const found = plan
    .all(releaseType, release)
    .find(
      ({ provider = "", inputs }) =>
        clusterName(provider) === cluster && chartName(inputs) === "kube-prometheus-stack",
    )?.inputs;
  return found === undefined || at(found.values, "grafana", "enabled") === false
    ? undefined
    : { namespace: found.namespace, sidecars: at(found.values, "grafana", "sidecar") };
}

function boardFault({ map, what, grafana: { namespace, sidecars } }: Board): Fault | undefined {
  const own = at(sidecars, what);
  const label = textAt(own, "label") ?? usual[what];
  const value = textAt(own, "labelValue") ?? "1";
  const where = textAt(own, "searchNamespace") ?? namespace;
  const isFound =
    at(own, "enabled") !== false &&
    map.labels?.[label] === value &&
    (where === "ALL" || where.split(",").includes(map.namespace ?? ""));
  return isFound
    ? undefined
    : {
        object: nameOf(map),
        rule: `Grafana's sidecar does not find it: it looks for ${label}=${value} in ${where === "ALL" ? "every namespace" : `the namespace ${where}`}`,
        source:
          "kube-prometheus-stack, values: grafana.sidecar; k8s-sidecar, LABEL, LABEL_VALUE and NAMESPACE",
        fix: `label it ${label}=${value}, where the sidecar looks`,
      };
}
