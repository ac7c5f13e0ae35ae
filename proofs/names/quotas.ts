import { at, entriesAt, listAt, mapAt, textAt } from "../../model/facts/read";
import type { Model, ModelObject } from "../../model/model";
import { quantityOf } from "../../policies/quantity";
import { type Evidence, type Fault, nameOf } from "../proof";
import { type ClaimOf, claimsOf } from "../storage/claims";
import { type Check, each, sum } from "../verdict";
import { countOf } from "./at-most";
import { defaultsOf, type Quantities, resourcesOf } from "./container-resources";

const source = "Kubernetes, resource quotas and limit ranges: admission refuses what passes them";

/** Every namespace may have what is declared in it, at its most, with a pod more of each workload while it rolls. */
export const quotasSuffice: Check = (evidence) => {
  const { model } = evidence;
  const claims = claimsOf(model);
  return sum([
    each(model.of("ResourceQuota").filter(isOfAll), (quota) => quotaFaults(evidence, claims, quota)),
    each(model.of("LimitRange"), (range) => rangeFaults(model, claims, range)),
  ]);
};

/** A quota with scopes counts some pods alone. */
function isOfAll({ manifest }: ModelObject): boolean {
  return at(manifest, "spec", "scopes") === undefined && at(manifest, "spec", "scopeSelector") === undefined;
}

function quotaFaults(evidence: Evidence, claims: readonly ClaimOf[], quota: ModelObject): readonly Fault[] {
  const hard = mapAt(quota.manifest, "spec", "hard") ?? {};
  const wanted = wantedIn(evidence, claims, quota);
  return [
    ...Object.entries(hard).flatMap(([name, text]) => {
      const [most, needed] = [quantityOf(text), wanted.get(name) ?? 0];
      return most === undefined || needed <= most * 1.000_001
        ? []
        : [
            {
              object: nameOf(quota),
              rule: `it allows ${text} of ${name}, and what is declared in ${quota.namespace} takes ${shown(needed, text)} at its most`,
              source,
              fix: "raise the quota, or let autoscalers make fewer pods",
            },
          ];
    }),
    ...unsaid(evidence.model, quota, Object.keys(hard)),
  ];
}

/** What a namespace's pods, claims and Services take, by the names of a quota. */
function wantedIn(
  evidence: Evidence,
  claims: readonly ClaimOf[],
  { cluster, namespace }: ModelObject,
): ReadonlyMap<string, number> {
  const { model } = evidence;
  const wanted = new Map<string, number>();
  const add = (name: string, amount: number): void => void wanted.set(name, (wanted.get(name) ?? 0) + amount);
  const isHere = (one: ModelObject): boolean => one.cluster === cluster && one.namespace === namespace;
  const defaults = defaultsOf(model, cluster, namespace);
  for (const workload of model.workloads.filter((one) => isHere(one) && one.hook === undefined)) {
    const count = countOf(evidence, workload);
    add("pods", count);
    for (const [name, amount] of resourcesOf(workload.pod, defaults)) add(name, amount * count);
  }
  for (const claim of claims.filter(({ of }) => isHere(of))) {
    add("persistentvolumeclaims", claim.count);
    add("requests.storage", claim.count * (quantityOf(claim.size) ?? 0));
  }
  const services = model.of("Service").filter(isHere);
  add("services", services.length);
  add("services.loadbalancers", services.filter(({ type }) => type === "LoadBalancer").length);
  for (const kind of ["ConfigMap", "Secret"]) {
    add(`${kind.toLowerCase()}s`, model.of(kind).filter(isHere).length);
  }
  return wanted;
}

/** In the unit of the quota: gibibytes, or as many. */
function shown(amount: number, like: string): string {
  const [, unit = ""] = /^[\d.]+([A-Za-z]*)$/.exec(like) ?? [];
  const size = quantityOf(`1${unit}`) ?? 1;
  return `${Math.ceil((amount / size) * 10) / 10}${unit}`;
}

/** A quota of CPU or memory demands that each container says how much: by itself, or by the namespace's defaults. */
function unsaid(model: Model, quota: ModelObject, hard: readonly string[]): readonly Fault[] {
  const { cluster, namespace } = quota;
  const defaults = defaultsOf(model, cluster, namespace);
  const demanded = hard.flatMap((name) => {
    const [, kind, resource] = /^(requests|limits)\.(cpu|memory)$/.exec(name) ?? [];
    return kind === "requests" || kind === "limits" ? [{ kind, resource: resource ?? "" } as const] : [];
  });
  return model.workloads
    .filter((one) => one.cluster === cluster && one.namespace === namespace)
    .flatMap((workload) =>
      workload.pod.containers.flatMap((container) =>
        demanded
          .filter(({ kind, resource }) => defaults.of(container, kind)[resource] === undefined)
          .map(({ kind, resource }) => ({
            object: nameOf(workload),
            rule: `its container ${container.name} says nothing of ${kind} of ${resource}, which the quota of ${namespace} demands: its pods are refused`,
            source,
            fix: "say it, or give the namespace a LimitRange with defaults",
          })),
      ),
    );
}

const bounds = ["min", "max"] as const;

function rangeFaults(model: Model, claims: readonly ClaimOf[], range: ModelObject): readonly Fault[] {
  const { cluster, namespace } = range;
  const isHere = (one: ModelObject): boolean => one.cluster === cluster && one.namespace === namespace;
  const defaults = defaultsOf(model, cluster, namespace);
  return listAt(range.manifest, "spec", "limits").flatMap((limit) => {
    switch (textAt(limit, "type")) {
      case "Container":
        return model.workloads.filter(isHere).flatMap((workload) =>
          workload.pod.containers.flatMap((container) =>
            beyond(limit, {
              ...defaults.of(container, "requests"),
              ...defaults.of(container, "limits"),
            }).map((what) => fault(workload, `its container ${container.name} has ${what}`, range)),
          ),
        );
      case "PersistentVolumeClaim":
        return claims
          .filter(({ of }) => isHere(of))
          .flatMap((claim) =>
            beyond(limit, { storage: claim.size }).map((what) =>
              fault(claim.of, `its claim ${claim.name} has ${what}`, range),
            ),
          );
      default:
        return [];
    }
  });
}

/** What of some amounts is outside of a range, in words. */
function beyond(limit: unknown, amounts: Quantities): readonly string[] {
  return bounds.flatMap((bound) =>
    entriesAt(limit, bound).flatMap(([name, value]) => {
      const [edge, text] = [quantityOf(String(value)), amounts[name]];
      const amount = text === undefined ? undefined : quantityOf(text);
      if (edge === undefined || amount === undefined) return [];
      return (bound === "max" ? amount > edge : amount < edge)
        ? [
            `${text} of ${name}, and the namespace allows ${bound === "max" ? "at most" : "no less than"} ${value}`,
          ]
        : [];
    }),
  );
}

function fault(of: ModelObject, what: string, range: ModelObject): Fault {
  return {
    object: nameOf(of),
    rule: `${what} (LimitRange ${range.name}): it is refused`,
    source,
    fix: "ask for less, or widen the range",
  };
}
