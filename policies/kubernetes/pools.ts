import type { Resource } from "../resource";
import type { Stack } from "../stack";
import {
  all,
  any,
  at,
  type Certainty,
  entries,
  equal,
  isObject,
  items,
  unknown,
  type Value,
  type Values,
} from "../value";
import { type Machine, machineOf } from "./machines";
import { kindOf } from "./objects";
import type { PodTemplate } from "./pod-template";
import { selects } from "./selectors";

/** Nodes of one kind. */
export interface Pool {
  readonly resource: Resource;
  readonly name: string;
  readonly labels: Value | undefined;
  readonly taints: Value | undefined;
  /** The largest machine in the pool by every measure; undefined when one of its machines is unknown. */
  readonly machine: Machine | undefined;
  /** Whether the cloud may take its nodes back at any time. */
  readonly spot: Certainty;
  /** The maximum number of nodes. */
  readonly most: number | typeof unknown;
}

const eksCluster = "aws:eks/cluster:Cluster";
const lkeCluster = "linode:index/lkeCluster:LkeCluster";
const nodeGroup = "aws:eks/nodeGroup:NodeGroup";
const nodePool = "linode:index/lkeNodePool:LkeNodePool";

/** Resources that add nodes outside of pools: machines and labels are decided when a pod needs them. */
const otherNodes = ["aws:autoscaling/group:Group", "aws:eks/fargateProfile:FargateProfile"];

/**
 * The pools that the stack's pods run on; undefined where they are not all known: the stack deploys to
 * clusters that it does not create, or has nodes outside of its pools.
 */
export function poolsOf(stack: Stack): readonly Pool[] | undefined {
  return stack.derive(readPools);
}

function readPools(stack: Stack): readonly Pool[] | undefined {
  const kubernetes = stack.resources.filter(({ type }) => kindOf(type) !== undefined);
  const used = new Set(kubernetes.map(({ provider }) => provider?.urn));
  const clusters = stack.ofType(eksCluster, lkeCluster);
  const isElsewhere =
    stack.ofType(...otherNodes).length > 0 ||
    [...stack.types()].some((type) => /^kubernetes:karpenter\./.test(type)) ||
    clusters.some(
      ({ properties }) => at(properties, "computeConfig") !== undefined || properties === unknown,
    );
  if (isElsewhere || clusters.length < used.size) return undefined;
  return [
    ...stack.ofType(nodeGroup).map(eksPool),
    ...stack.ofType(nodePool).map((resource) => lkePool(resource, resource.properties, resource.name)),
    ...stack
      .ofType(lkeCluster)
      .flatMap((resource) =>
        items(at(resource.properties, "pools")).map((pool, index) =>
          lkePool(resource, pool, `${resource.name}.pools[${index}]`),
        ),
      ),
  ];
}

function eksPool(resource: Resource): Pool {
  const { properties, name } = resource;
  const capacity = at(properties, "capacityType");
  return {
    resource,
    name,
    labels: at(properties, "labels") ?? {},
    taints: at(properties, "taints"),
    machine: largest(items(at(properties, "instanceTypes"))),
    spot: equal(capacity ?? "ON_DEMAND", "SPOT"),
    most: numberOf(at(properties, "scalingConfig", "maxSize")),
  };
}

function lkePool(resource: Resource, pool: Value, name: string): Pool {
  const autoscaler = at(pool, "autoscaler");
  const most = autoscaler === unknown ? unknown : at(autoscaler, "max");
  return {
    resource,
    name,
    labels: pool === unknown ? unknown : (at(pool, "labels") ?? {}),
    taints: at(pool, "taints"),
    machine: largest([at(pool, "type") ?? unknown]),
    spot: "no",
    most: numberOf(most ?? at(pool, "nodeCount") ?? at(pool, "count")),
  };
}

function numberOf(value: Value | undefined): Pool["most"] {
  return typeof value === "number" ? value : unknown;
}

function largest(types: readonly Value[]): Machine | undefined {
  const machines = types.map((type) => (typeof type === "string" ? machineOf(type) : undefined));
  const known = machines.filter((machine) => machine !== undefined);
  if (known.length === 0 || known.length < machines.length) return undefined;
  return {
    cpu: Math.max(...known.map(({ cpu }) => cpu)),
    memory: Math.max(...known.map(({ memory }) => memory)),
    gpus: Math.max(...known.map(({ gpus }) => gpus)),
  };
}

/** Whether the scheduler may put the pod on nodes of the pool, by selector, required affinity and taints. */
export function mayRunOn(template: PodTemplate, pool: Pool): Certainty {
  const { spec } = template;
  if (spec === unknown) return "unknown";
  return all([selectsPool(spec, pool), toleratesPool(spec, pool)]);
}

/** Whether the pod's selector and required affinity match the pool, or do not restrict it. */
export function selectsPool(spec: Value | undefined, pool: Pool): Certainty {
  const chosen = at(spec, "nodeSelector");
  const required = at(spec, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
  const terms = at(required, "nodeSelectorTerms");
  return all([
    chosen === undefined ? "yes" : selectsNodes({ matchLabels: chosen }, pool),
    required === unknown || terms === unknown
      ? "unknown"
      : required === undefined
        ? "yes"
        : any(items(terms).map((term) => (isObject(term) ? selectsNodes(term, pool) : "unknown"))),
  ]);
}

/** Labels that the provider sets on nodes of every pool. */
const givenLabels = /(^|\.)(kubernetes\.io|k8s\.io|k8s\.aws|amazonaws\.com|linode\.com|nvidia\.com)\//;

function selectsNodes(selector: Values, pool: Pool): Certainty {
  const asked = [
    ...entries(selector.matchLabels).map(([key]) => key),
    ...items(selector.matchExpressions).map((expression) => at(expression, "key")),
  ];
  const isGiven = asked.some(
    (key) => typeof key === "string" && givenLabels.test(key) && at(pool.labels, key) === undefined,
  );
  if (isGiven || at(selector, "matchFields") !== undefined) return "unknown";
  return selects(selector, pool.labels);
}

/** Whether the pod tolerates every taint of the pool that keeps pods away. */
export function toleratesPool(spec: Value | undefined, pool: Pool): Certainty {
  if (pool.taints === unknown) return "unknown";
  const tolerations = at(spec, "tolerations");
  return all(
    items(pool.taints).map((taint) => {
      if (taint === unknown) return "unknown";
      const effect = effectOf(at(taint, "effect"));
      if (effect === "PreferNoSchedule") return "yes";
      if (tolerations === unknown) return "unknown";
      return any(items(tolerations).map((toleration) => tolerates(toleration, taint, effect)));
    }),
  );
}

function tolerates(toleration: Value, taint: Value, effect: Value): Certainty {
  if (toleration === unknown) return "unknown";
  const key = at(toleration, "key");
  const forEffect = at(toleration, "effect");
  const operator = at(toleration, "operator") ?? "Equal";
  return all([
    key === undefined ? equal(operator, "Exists") : equal(key, at(taint, "key") ?? unknown),
    forEffect === undefined ? "yes" : equal(forEffect, effect),
    any([equal(operator, "Exists"), equal(at(toleration, "value") ?? "", at(taint, "value") ?? "")]),
  ]);
}

/** AWS spells effects differently. */
function effectOf(effect: Value | undefined): Value {
  const spelled: Readonly<Record<string, string>> = {
    NO_SCHEDULE: "NoSchedule",
    NO_EXECUTE: "NoExecute",
    PREFER_NO_SCHEDULE: "PreferNoSchedule",
  };
  return typeof effect === "string" ? (spelled[effect] ?? effect) : unknown;
}
