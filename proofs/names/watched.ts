import type { Labels } from "../../model/facts/object";
import { at } from "../../model/facts/read";
import { type Selection, selectionAt } from "../../model/facts/selection";
import type { Model, ModelObject } from "../../model/model";
import { selectsLabels } from "../../primitives/labels";
import { type Fault, nameOf } from "../proof";
import { type Check, each, sum } from "../verdict";

/** A kind that a custom resource reads, and the fields by which it selects what it reads. */
interface Watched {
  readonly kind: string;
  readonly by: "Prometheus" | "Alertmanager";
  /** The field of labels; that of namespaces is called alike. */
  readonly field: string;
}

const watched: readonly Watched[] = [
  { kind: "ServiceMonitor", by: "Prometheus", field: "serviceMonitor" },
  { kind: "PodMonitor", by: "Prometheus", field: "podMonitor" },
  { kind: "Probe", by: "Prometheus", field: "probe" },
  { kind: "ScrapeConfig", by: "Prometheus", field: "scrapeConfig" },
  { kind: "PrometheusRule", by: "Prometheus", field: "rule" },
  { kind: "AlertmanagerConfig", by: "Alertmanager", field: "alertmanagerConfig" },
];

/** Prometheus and Alertmanager select the monitors, rules and configurations of their cluster: any other is taken, and does nothing. */
export const watchersSelect: Check = ({ model }) =>
  sum(
    watched.map(({ kind, by, field }) =>
      each(
        // On another stack's cluster that stack has them.
        model.of(kind).filter(({ cluster }) => model.of(by).some((one) => one.cluster === cluster)),
        (object) => unselected(model, object, by, field),
      ),
    ),
  );

function unselected(model: Model, object: ModelObject, by: Watched["by"], field: string): Fault | undefined {
  const readers = model.of(by).filter(({ cluster }) => cluster === object.cluster);
  return readers.some((reader) => selects(model, reader, object, field))
    ? undefined
    : {
        object: nameOf(object),
        rule: `no ${by} of its cluster selects it: ${field}Selector and ${field}NamespaceSelector of ${readers.map(({ name }) => name).join(", ")} leave it out, so it does nothing`,
        source: `prometheus-operator, API reference: ${by}Spec; a selector that is absent selects nothing, an empty one everything`,
        fix: "give it the labels that are asked for, or widen the selector",
      };
}

function selects(model: Model, reader: ModelObject, object: ModelObject, field: string): boolean {
  const spec = at(reader.manifest, "spec") ?? reader.spec;
  const own = selectionAt(spec, `${field}Selector`);
  const namespaces = selectionAt(spec, `${field}NamespaceSelector`);
  if (own === undefined || !takes(own, object.labels)) return false;
  return namespaces === undefined
    ? object.namespace === reader.namespace
    : takes(namespaces, labelsOfNamespace(model, object));
}

function takes({ labels, expressions }: Selection, found: Labels | undefined): boolean {
  return selectsLabels({ matchLabels: labels, matchExpressions: expressions }, found);
}

/** Of namespaces that others make only the label is known that every one has. */
function labelsOfNamespace(model: Model, { cluster, namespace = "" }: ModelObject): Labels {
  const found = model.find({ cluster, kind: "Namespace", namespace: undefined, name: namespace });
  return { ...found?.labels, "kubernetes.io/metadata.name": namespace };
}
