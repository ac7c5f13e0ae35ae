import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { byToken } from "../api-server/access";
import { ApiClient } from "../api-server/client";
import type { KubernetesObject } from "../api-server/object";
import { isReady, type Node, poolAnnotations } from "../cluster/nodes";
import type { ClusterIdentity, ClusterManager } from "../cluster/types";
import { permissiveLabel } from "../providers/kubernetes/definitions";
import { isRecorded } from "../providers/kubernetes/recorded";
import { isManifestComponent } from "../providers/kubernetes/yaml/manifest-inputs";
import { stoodInLabel } from "../stood-in";
import { awaitedBy, type Pod } from "./awaited";
import type { RunEvents, Violation } from "./events";
import type { StackSecret } from "./placeholders";
import { logicalName, type State, type StateResource } from "./state";

/** What a run did and what stands afterwards; also written to build/summary/<stack>.json for scripts. */
export interface Summary {
  readonly stack: string;
  readonly operation: "up" | "preview" | "destroy";
  readonly succeeded: boolean;
  /** Resources by operation. */
  readonly changes: Readonly<Record<string, number>>;
  /** Logical names of the resources that were not left as they were, by operation (`create`, `update`, `replace`, `delete`). */
  readonly changed: Readonly<Record<string, readonly string[]>>;
  /** Resources in state by Pulumi type. */
  readonly resources: Readonly<Record<string, number>>;
  readonly clusters: readonly ClusterSummary[];
  /** Helm releases, and manifests installed as components, by logical name. */
  readonly releases: { readonly installed: readonly string[]; readonly recorded: readonly string[] };
  /** Secrets of the stack that its file lacks and the sandbox made up, as `BUNDLE.KEY`. */
  readonly placeholders: readonly string[];
  readonly violations: readonly Violation[];
  readonly exemptions: readonly Violation[];
  /** What the run's program, providers and policies said beside errors, once each: warnings and notes. */
  readonly notes: readonly string[];
  readonly errors: readonly string[];
  readonly seconds: Readonly<Record<string, number>>;
}

export interface ClusterSummary {
  readonly name: string;
  readonly cloud: string;
  /** False when another stack owns the cluster. */
  readonly owned: boolean;
  readonly kubeconfig: string;
  /** Ready nodes by pool. */
  readonly nodes: Readonly<Record<string, number>>;
  /** Nodes that are not Ready, by name. */
  readonly notReady: readonly string[];
  /** Pods by phase, without those that stand in. */
  readonly pods: Readonly<Record<string, number>>;
  /** Pods, by phase, in place of those that unavailable charts, and operators, would have created. */
  readonly stoodIn: Readonly<Record<string, number>>;
  /** What pods that are not Ready wait for: images that no registry has, and what people bring; once each. */
  readonly awaited: readonly string[];
  /** Custom resource definitions that accept anything, because the real ones are not available. */
  readonly permissiveDefinitions: readonly string[];
}

/** The pack reports what it lets pass under these names, because the engine has no event of its own for it. */
const exemptionPolicies: readonly string[] = ["exemption-in-force", "exemption-configured"];

const definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

export interface UsedCluster {
  readonly identity: ClusterIdentity;
  readonly owned: boolean;
}

export function summarize(parts: {
  readonly stack: string;
  readonly operation: Summary["operation"];
  readonly succeeded: boolean;
  readonly events: RunEvents;
  readonly state: State | undefined;
  readonly clusters: readonly ClusterSummary[];
  readonly placeholders: readonly StackSecret[];
  readonly seconds: Readonly<Record<string, number>>;
}): Summary {
  const { events } = parts;
  const resources = parts.state?.resources ?? [];
  return {
    stack: parts.stack,
    operation: parts.operation,
    succeeded: parts.succeeded,
    changes: events.changes,
    changed: namesByOperation(events.operations),
    resources: countBy(resources, ({ type }) => type),
    clusters: parts.clusters,
    releases: releasesOf(resources),
    placeholders: parts.placeholders.map(({ bundle, key }) => `${bundle}.${key}`),
    violations: events.violations.filter(({ policy }) => !exemptionPolicies.includes(policy)),
    exemptions: events.violations.filter(({ policy }) => exemptionPolicies.includes(policy)),
    notes: [...events.notes],
    errors: [...events.errors],
    seconds: parts.seconds,
  };
}

/** Looks at what runs: nodes by pool and pods by phase, as the API server has them. */
export async function inspectCluster(
  clusters: ClusterManager,
  { identity, owned }: UsedCluster,
): Promise<ClusterSummary | undefined> {
  const controlPlane = await clusters.find(identity);
  if (!controlPlane) {
    return undefined;
  }
  const api = new ApiClient(byToken(controlPlane));
  const [nodes, pods, permissive] = await Promise.all([
    api.list<Node>("/api/v1/nodes"),
    api.list<Pod>("/api/v1/pods"),
    api.list<KubernetesObject>(`${definitions}?labelSelector=${encodeURIComponent(permissiveLabel)}`),
  ]).finally(() => api.close());
  return {
    name: identity.name,
    cloud: identity.cloud,
    owned,
    kubeconfig: controlPlane.kubeconfigPath,
    nodes: countBy(nodes.items.filter(isReady), poolOf),
    notReady: nodes.items.filter((node) => !isReady(node)).map(({ metadata }) => metadata.name),
    pods: countBy(
      pods.items.filter((pod) => !standsIn(pod)),
      phaseOf,
    ),
    stoodIn: countBy(pods.items.filter(standsIn), phaseOf),
    awaited: awaitedBy(pods.items),
    permissiveDefinitions: permissive.items.map(({ metadata }) => metadata.name).sort(),
  };
}

function phaseOf({ status }: Pod): string {
  return status?.phase ?? "Unknown";
}

function standsIn({ metadata }: KubernetesObject): boolean {
  return metadata.labels?.[stoodInLabel] !== undefined;
}

/** By the label that the program gives its pools, else as the cloud names the pool. */
function poolOf({ metadata }: Node): string {
  return metadata.labels?.["ai-platform/pool"] ?? metadata.annotations?.[poolAnnotations.pool] ?? "none";
}

/** Writes build/summary/<stack>.json below the project and answers with its path. */
export function writeSummary(projectDirectory: string, summary: Summary): string {
  const folder = join(projectDirectory, "build", "summary");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${summary.stack}.json`);
  writeFileSync(file, `${JSON.stringify(summary, undefined, 2)}\n`);
  return file;
}

/**
 * A release or manifest that was not available is recorded in the state, and never counts as installed. Nor
 * does a manifest that the run did not finish: it is in the state from its start, and reports its objects
 * last.
 */
function releasesOf(resources: readonly StateResource[]): Summary["releases"] {
  const releases = resources.filter(
    ({ type, outputs }) =>
      type === "kubernetes:helm.sh/v3:Release" || (isManifestComponent(type) && "resources" in outputs),
  );
  const names = (recorded: boolean): readonly string[] =>
    releases
      .filter(({ outputs }) => isRecorded(outputs) === recorded)
      .map(({ urn }) => logicalName(urn))
      .sort();
  return { installed: names(false), recorded: names(true) };
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Readonly<Record<string, number>> {
  const totals = new Map<string, number>();
  for (const item of items) {
    totals.set(key(item), (totals.get(key(item)) ?? 0) + 1);
  }
  return Object.fromEntries([...totals].sort(([left], [right]) => left.localeCompare(right)));
}

function namesByOperation(operations: ReadonlyMap<string, string>): Record<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const [urn, operation] of operations) {
    const known = names.get(operation);
    if (known === undefined) names.set(operation, [logicalName(urn)]);
    else known.push(logicalName(urn));
  }
  return Object.fromEntries([...names].map(([operation, all]) => [operation, all.sort()]));
}
