import type { StackPolicy, Violation } from "../policy";
import type { Resource } from "../resource";
import { all, any, at, type Certainty, unknown, type Value } from "../value";
import { Namespaces, ofKind } from "./objects";
import { podTemplatesOf } from "./pods";
import { smallestReplicas } from "./replicas";
import { selects } from "./selectors";

export const disruptionBudget: StackPolicy = {
  id: "kubernetes-disruption-budget",
  scope: "stack",
  what: "Every replicated workload has one PodDisruptionBudget that selects its pods and lets at least one go.",
  why: "Without a budget a node drain may stop all replicas at once; with one that leaves no room it never ends.",
  severity: "medium",
  standards: ["K3", "R3"],
  remediation:
    "Add a PodDisruptionBudget to the workload's namespace whose spec.selector matches spec.template.metadata.labels, with spec.minAvailable below the smallest number of replicas or spec.maxUnavailable of at least 1.",
  *validate(stack) {
    const namespaces = Namespaces.in(stack);
    const workloads = ofKind(stack, "apps/Deployment", "apps/StatefulSet").map(
      (resource): Workload => ({
        resource,
        replicas: smallestReplicas(stack, resource),
      }),
    );
    const budgets = ofKind(stack, "policy/PodDisruptionBudget").map(
      (resource): Budget => ({
        resource,
        covers: new Map(
          workloads.map((workload) => [workload, covers(resource, workload.resource, namespaces)]),
        ),
      }),
    );
    for (const workload of workloads) yield* coverage(workload, budgets);
    for (const budget of budgets) yield* room(budget);
  },
};

interface Workload {
  readonly resource: Resource;
  /** The fewest replicas that it is scaled to. */
  readonly replicas: number | typeof unknown;
}

interface Budget {
  readonly resource: Resource;
  readonly covers: ReadonlyMap<Workload, Certainty>;
}

function covers(budget: Resource, workload: Resource, namespaces: Namespaces): Certainty {
  return all([
    namespaces.same(budget, workload),
    selects(at(budget.properties, "spec", "selector"), at(podTemplatesOf(workload)[0]?.metadata, "labels")),
  ]);
}

function* coverage(workload: Workload, budgets: readonly Budget[]): Iterable<Violation> {
  const { resource, replicas } = workload;
  const covered = budgets.map((budget) => budget.covers.get(workload) ?? "no");
  if (replicas !== unknown && replicas > 1 && any(covered) === "no") {
    yield {
      resource,
      message: `${replicas} replicas and no PodDisruptionBudget in their namespace selects them: add one whose spec.selector matches spec.template.metadata.labels.`,
    };
  }
  const names = budgets.filter((_, index) => covered[index] === "yes").map((budget) => budget.resource.name);
  if (names.length > 1) {
    yield {
      resource,
      message: `selected by ${names.length} PodDisruptionBudgets (${names.join(", ")}), and then no pod can be evicted: keep one.`,
    };
  }
}

/** A budget must allow an eviction even when everything that it covers has its fewest replicas. */
function* room({ resource, covers }: Budget): Iterable<Violation> {
  let total = 0;
  for (const [workload, covered] of covers) {
    if (covered === "no") continue;
    if (covered === "unknown" || workload.replicas === unknown) return;
    total += workload.replicas;
  }
  if (total === 0) return;
  const maxUnavailable = at(resource.properties, "spec", "maxUnavailable");
  const minAvailable = at(resource.properties, "spec", "minAvailable");
  if (maxUnavailable === unknown || minAvailable === unknown) return;
  if (maxUnavailable !== undefined) {
    if (share(maxUnavailable, total) < 1)
      yield { resource, message: noRoom("maxUnavailable", maxUnavailable, total) };
  } else if (minAvailable !== undefined) {
    if (total - share(minAvailable, total) < 1)
      yield { resource, message: noRoom("minAvailable", minAvailable, total) };
  } else {
    yield {
      resource,
      message:
        "neither spec.minAvailable nor spec.maxUnavailable is set, which lets no pod go: set one of them.",
    };
  }
}

/** A number, or a percentage of the replicas; the disruption controller rounds up in both fields. */
function share(value: Value, total: number): number {
  const [, percentage] = /^(\d+)%$/.exec(String(value)) ?? [];
  return percentage === undefined ? Number(value) : Math.ceil((Number(percentage) * total) / 100);
}

function noRoom(field: string, value: Value, total: number): string {
  const fix =
    field === "minAvailable"
      ? "lower it, or raise the smallest number of replicas"
      : "raise it to at least 1";
  return `spec.${field} ${String(value)} lets none of ${total} replica${total === 1 ? "" : "s"} go, so a node drain never ends: ${fix}.`;
}
