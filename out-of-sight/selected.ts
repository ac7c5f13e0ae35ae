import { z } from "zod";
import { type Labels, labels } from "../model/facts/object";
import { at, booleanAt, textsAt } from "../model/facts/read";
import { requirement } from "../model/facts/selector";
import type { Model, ModelObject } from "../model/model";
import type { MadeLabels } from "../policies/kubernetes/made";
import { type LabelSelector, selectsLabels } from "../primitives/labels";

type Selected = "pods" | "services";

/** What an object of the program selects: pods or Services, in these namespaces. */
interface Selection {
  readonly of: Selected;
  readonly selector: LabelSelector;
  /** Undefined: in all. */
  readonly namespaces: readonly (string | undefined)[] | undefined;
}

/**
 * The pods and Services of charts and operators that an object of the program selects, as its policies see them: of their labels
 * those alone that selectors ask for, for others change with each version of a chart.
 *
 * @param model with what operators make for a while only
 */
export function selectedOf(model: Model): readonly MadeLabels[] {
  const selections = model.objects.filter(({ origin }) => origin.by === "program").flatMap(selectionsOf);
  const asked = new Set(selections.flatMap(({ selector }) => keysOf(selector)));
  const found = model.objects
    .filter(({ origin }) => origin.by !== "program")
    .flatMap(labelledOf)
    .filter((one) => selections.some((selection) => selects(selection, one)))
    .map(({ labels, ...rest }) => ({ ...rest, labels: written(labels, asked) }));
  return [...new Set(found.map(({ namespace }) => namespace))].sort().map((namespace) => {
    const own = (wanted: Selected) => {
      const labels = found.filter((one) => one.namespace === namespace && one.of === wanted);
      return [...new Set(labels.map((one) => one.labels))].sort();
    };
    const [pods, services] = [own("pods"), own("services")];
    return { namespace, ...(pods.length > 0 && { pods }), ...(services.length > 0 && { services }) };
  });
}

function selects({ of, selector, namespaces }: Selection, one: Labelled): boolean {
  return (
    of === one.of && (namespaces?.includes(one.namespace) ?? true) && selectsLabels(selector, one.labels)
  );
}

const labelSelector = z.object({
  matchLabels: labels.optional(),
  matchExpressions: z.array(requirement).optional(),
});

/** Where the kinds that select others say what: the same that `kubernetes-selectors-hit` judges. */
const selecting: Readonly<Record<string, { readonly field: string; readonly of: Selected }>> = {
  NetworkPolicy: { field: "podSelector", of: "pods" },
  PodDisruptionBudget: { field: "selector", of: "pods" },
  PodMonitor: { field: "selector", of: "pods" },
  Service: { field: "selector", of: "pods" },
  ServiceMonitor: { field: "selector", of: "services" },
};

function selectionsOf({ kind, namespace, manifest }: ModelObject): readonly Selection[] {
  const where = selecting[kind];
  const found = where && at(manifest, "spec", where.field);
  if (where === undefined || found === undefined) {
    return [];
  }
  const selector = labelSelector.parse(kind === "Service" ? { matchLabels: found } : found);
  if (keysOf(selector).length === 0) {
    return [];
  }
  const named = textsAt(manifest, "spec", "namespaceSelector", "matchNames");
  const isEverywhere = booleanAt(manifest, "spec", "namespaceSelector", "any") === true;
  const namespaces = isEverywhere ? undefined : named.length > 0 ? named : [namespace];
  return [{ of: where.of, selector, namespaces }];
}

function keysOf({ matchLabels = {}, matchExpressions = [] }: LabelSelector): readonly string[] {
  return [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
}

/** What a chart or an operator makes, with the labels that selectors look at. */
interface Labelled {
  readonly of: Selected;
  readonly namespace: string;
  readonly labels: Labels;
}

function labelledOf({ kind, namespace, pod, labels }: ModelObject): readonly Labelled[] {
  if (namespace === undefined) {
    return [];
  }
  return [
    ...(pod?.labels ? [{ of: "pods" as const, namespace, labels: pod.labels }] : []),
    ...(kind === "Service" && labels ? [{ of: "services" as const, namespace, labels }] : []),
  ];
}

function written(labels: Labels, keys: ReadonlySet<string>): string {
  const own = Object.entries(labels).filter(([key]) => keys.has(key));
  return own
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(",");
}
