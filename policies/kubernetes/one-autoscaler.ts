import type { StackPolicy } from "../policy";
import type { Resource } from "../resource";
import { all, at, type Certainty, equal, items, unknown, type Value } from "../value";
import { Namespaces, ofKind } from "./objects";

export const oneAutoscaler: StackPolicy = {
  id: "kubernetes-one-autoscaler",
  scope: "stack",
  what: "At most one HorizontalPodAutoscaler scales a workload, no VerticalPodAutoscaler changes the requests that it scales by, and its limits are in order.",
  why: "Two autoscalers undo each other's work for ever; one that sizes the pods by the same metric as the other counts them makes both swing.",
  severity: "medium",
  standards: ["K5"],
  remediation:
    'Keep one HorizontalPodAutoscaler for each target; set the VerticalPodAutoscaler\'s spec.updatePolicy.updateMode to "Off" or leave the metric out of its controlledResources.',
  *validate(stack) {
    const namespaces = Namespaces.in(stack);
    const horizontal = ofKind(stack, "autoscaling/HorizontalPodAutoscaler");
    for (const [index, autoscaler] of horizontal.entries()) {
      const others = horizontal.slice(0, index);
      const twin = others.find((one) => shareTarget(namespaces, one, autoscaler) === "yes");
      if (twin) {
        yield {
          resource: autoscaler,
          message: `spec.scaleTargetRef names what ${twin.name} scales already: keep one of them.`,
        };
      }
      const least = at(autoscaler.properties, "spec", "minReplicas");
      const most = at(autoscaler.properties, "spec", "maxReplicas");
      if (typeof least === "number" && typeof most === "number" && least > most) {
        yield {
          resource: autoscaler,
          message: `spec.minReplicas ${least} is above spec.maxReplicas ${most}: lower it.`,
        };
      }
    }
    for (const vertical of ofKind(stack, "autoscaling.k8s.io/VerticalPodAutoscaler")) {
      if (!changesPods(vertical)) continue;
      for (const autoscaler of horizontal) {
        if (shareTarget(namespaces, vertical, autoscaler) !== "yes") continue;
        const metrics = metricsOf(autoscaler).filter((metric) => controls(vertical, metric));
        if (metrics.length === 0) continue;
        yield {
          resource: vertical,
          message: `it changes the requests of ${metrics.join(" and ")} by which ${autoscaler.name} scales: set spec.updatePolicy.updateMode to "Off".`,
        };
      }
    }
  },
};

function shareTarget(namespaces: Namespaces, left: Resource, right: Resource): Certainty {
  const one = targetOf(left);
  const other = targetOf(right);
  return all([
    namespaces.same(left, right),
    equal(at(one, "kind") ?? null, at(other, "kind") ?? null),
    equal(at(one, "name") ?? null, at(other, "name") ?? null),
  ]);
}

function targetOf({ properties }: Resource): Value | undefined {
  return at(properties, "spec", "scaleTargetRef") ?? at(properties, "spec", "targetRef");
}

/** Whether it certainly does more than recommend and set the requests of new pods. */
function changesPods({ properties }: Resource): boolean {
  const policy = at(properties, "spec", "updatePolicy");
  const mode = policy === unknown ? unknown : (at(policy, "updateMode") ?? "Auto");
  return mode !== unknown && mode !== "Off" && mode !== "Initial";
}

/** The requests against which an autoscaler measures use; without metrics Kubernetes uses CPU. */
function metricsOf({ properties }: Resource): readonly string[] {
  const metrics = at(properties, "spec", "metrics");
  if (metrics === undefined) return ["cpu"];
  const names = items(metrics).flatMap((metric) =>
    ["resource", "containerResource"].map((type) => at(metric, type, "name")),
  );
  return names.filter((name) => typeof name === "string");
}

/** Whether a vertical autoscaler changes this resource, in all containers or in any with a rule. */
function controls({ properties }: Resource, metric: string): boolean {
  const rules = at(properties, "spec", "resourcePolicy", "containerPolicies");
  if (rules === unknown) return false;
  const all = items(rules).length === 0 ? [{}] : items(rules);
  return all.some((rule) => {
    if (rule === unknown || at(rule, "mode") === unknown || at(rule, "mode") === "Off") return false;
    const controlled = at(rule, "controlledResources");
    return controlled === undefined || items(controlled).includes(metric);
  });
}
