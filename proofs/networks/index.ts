import { Model } from "../../model/model";
import { type Evidence, type Fault, nameOf, type Proof, type Verdict } from "../proof";
import { together } from "../verdict";
import { type Call, type End, endName } from "./call";
import type { Context } from "./context";
import { doorsAreOpen } from "./doors";
import { withGiven } from "./given";
import { type Ground, groundsOf } from "./ground";
import { Mesh, meshSource } from "./mesh";
import { needs } from "./needs";
import { nodesHearEachOther } from "./node-firewall";
import { ownersObjects } from "./owners";
import { portEntries } from "./port-entries";
import { Services } from "./services";
import { unasked } from "./unasked";
import { Judge, type Obstacle } from "./verdict";
import { vpcCarries } from "./vpc";
import { vpcCniSource } from "./vpc-cni";

/** Necessary calls are possible, and no others between namespaces. */
export const networks: Proof = {
  name: "networks",
  claim: "Every call that is needed is possible, and no other is.",
  check: (evidence) => {
    const context = contextOf(evidence);
    const judge = new Judge(context.model, context.mesh, context.grounds);
    const calls = needs.flatMap((need) => need(context));
    const closed = calls.flatMap((call) =>
      judge.obstacles(call).map((obstacle) => faultOf(context, call, obstacle)),
    );
    const open = unasked(context, judge, calls);
    const crowded = portEntries(context);
    const ground = cloudsCarry(evidence);
    return {
      checks: calls.length + open.checks + crowded.checks + ground.checks,
      faults: [...distinct(closed), ...open.faults, ...crowded.faults, ...ground.faults],
    };
  },
};

/** The clouds' own networks under all of it. */
const cloudsCarry = together(vpcCarries, doorsAreOpen, nodesHearEachOther);

/** Without a plan the clouds' addresses are unknown: only calls between pods are checked. */
export function contextOf({ model, plan }: Evidence): Context {
  const whole = withGiven(new Model(model.stack, [...model.objects, ...ownersObjects(plan)]));
  return {
    model: whole,
    plan,
    services: new Services(whole),
    mesh: new Mesh(whole),
    grounds: plan ? groundsOf(plan) : new Map<string, Ground>(),
    workloads: whole.workloads.filter(
      ({ hook = "", replicas }) => !hook.startsWith("test") && replicas !== 0,
    ),
  };
}

function faultOf(context: Context, call: Call, { at, found }: Obstacle): Fault {
  const { from, to, service, port } = call;
  const through = service
    ? ` (Service ${service.object.namespace}/${service.object.name}:${service.port})`
    : "";
  const end = at === "egress" ? from : to;
  return {
    object: end.kind === "pods" ? nameOf(end.workload) : end.name,
    rule: `${endName(from)} ${call.why}, which is ${endName(to)} port ${port}${through}: ${found}`,
    source: [call.source, ...rulesOf(context, call, at)].join("; "),
    fix: fixOf(at, from, to, port),
  };
}

function rulesOf({ grounds }: Context, { cluster }: Call, at: Obstacle["at"]): readonly string[] {
  if (at === "mesh") return [meshSource];
  return grounds.get(cluster)?.plugin === "vpc-cni" ? [vpcCniSource] : [];
}

function fixOf(at: Obstacle["at"], from: End, to: End, port: number): string {
  const edge = `network.allow(${endName(from)}, ${endName(to)}, ${port})`;
  return at === "egress"
    ? `declare the edge ${edge} by labels that the pods have and every Service before them selects by`
    : `declare the edge ${edge} by labels that the pods have`;
}

function distinct(faults: readonly Fault[]): readonly Fault[] {
  return [...new Map(faults.map((fault) => [`${fault.object} ${fault.rule}`, fault])).values()];
}

export type { Verdict };
