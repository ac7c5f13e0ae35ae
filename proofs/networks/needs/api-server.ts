import type { Labels } from "../../../model/facts/object";
import type { Workload } from "../../../model/model";
import { selectsLabels } from "../../../primitives/labels";
import { type Call, podEnd } from "../call";
import type { Context, Need } from "../context";

const source = "Kubernetes: Accessing the Kubernetes API from a Pod; Using RBAC Authorization";

/** Pods whose role is empty, or for a disabled feature. */
const idle: readonly { readonly labels: Labels; readonly reason: string }[] = [
  {
    labels: { "app.kubernetes.io/name": "argocd-repo-server" },
    reason: "its Role has no rules: the chart's repoServer.rbac is empty",
  },
  {
    labels: { "app.kubernetes.io/name": "loki", "app.kubernetes.io/component": "single-binary" },
    reason: "its ClusterRole is for the sidecar that reads rules, which is off",
  },
  {
    labels: { app: "redis-ha-haproxy" },
    reason: "its Role is for Endpoints, which nothing in the pod reads: HAProxy finds its servers by name",
  },
];

/** Pods with a token and a role call the API server; Jobs of charts' hooks too. */
export const callsToApiServer: Need = (context) =>
  context.workloads
    .filter((workload) => hasToken(context, workload) && !isIdle(workload))
    .flatMap((workload) => {
      const role = roleOf(context, workload);
      return role === undefined ? [] : apiServerCalls(context, workload, `its account has ${role}`);
    });

function isIdle({ pod }: Workload): boolean {
  return idle.some(({ labels }) => selectsLabels({ matchLabels: labels }, pod.labels));
}

function hasToken({ model }: Context, { cluster, namespace, pod }: Workload): boolean {
  const name = pod.serviceAccount ?? "default";
  const account = model.find({ cluster, kind: "ServiceAccount", namespace, name });
  return (
    (pod.automountToken ?? account?.automountToken ?? true) ||
    // A projected token, as certificate injectors use it.
    (pod.volumes ?? []).includes("projected")
  );
}

function roleOf({ model }: Context, { cluster, namespace, pod }: Workload): string | undefined {
  const subject = `ServiceAccount ${namespace}/${pod.serviceAccount ?? "default"}`;
  const binding = model
    .of("RoleBinding", "ClusterRoleBinding")
    .find((one) => one.cluster === cluster && one.subjects?.includes(subject));
  return binding && `${binding.kind} ${binding.name}`;
}

/** A call to the API server, as the cluster's plugin and the mesh see it. */
export function apiServerCalls(context: Context, workload: Workload, why: string): readonly Call[] {
  const ground = context.grounds.get(workload.cluster);
  if (ground === undefined) return [];
  const { service, endpoints, ports } = ground.apiServer;
  const call = { cluster: workload.cluster, from: podEnd(workload), protocol: "TCP", source } as const;
  const isBefore = ground.plugin === "vpc-cni" && service !== undefined && !context.mesh.has(workload);
  const to = isBefore ? service : endpoints;
  return (isBefore ? [443] : ports).map((port) => ({
    ...call,
    to,
    port,
    why: `calls the API server: ${why}`,
  }));
}
