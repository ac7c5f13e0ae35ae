import type { Workload } from "../../model/model";
import { type Fault, nameOf, type Verdict } from "../proof";
import { type Call, endName, podEnd } from "./call";
import type { Context } from "./context";
import { metadata } from "./ground";
import { probeRange, tunnelPort } from "./mesh";
import type { Judge } from "./verdict";

/** What is possible although nothing needs it: calls between namespaces, and to the nodes' metadata. */
export function unasked(context: Context, judge: Judge, calls: readonly Call[]): Verdict {
  const asked = new Set(calls.flatMap(pairsOf));
  const pairs = context.workloads.flatMap((from) =>
    context.workloads.filter((to) => isForeign(from, to)).map((to) => ({ from, to })),
  );
  const ports = new Map(context.workloads.map((to) => [to, candidates(judge, to)]));
  const open = pairs.flatMap(({ from, to }) =>
    judge
      .openPorts(from, to, ports.get(to) ?? [])
      .filter((port) => !asked.has(pairOf(from, to, port)) && !asked.has(anyoneOf(to, port)))
      .map((port) => faultOf(from, to, port)),
  );
  return {
    checks: pairs.length + context.workloads.length,
    faults: [...open, ...context.workloads.flatMap((workload) => metadataFaults(judge, workload))],
  };
}

/**
 * Pods of other namespaces that accept calls. A pod in the host network cannot be told from its node, and the
 * cluster's own pods are not this program's to restrict.
 */
function isForeign(from: Workload, to: Workload): boolean {
  return (
    from.cluster === to.cluster &&
    from.namespace !== to.namespace &&
    from.pod.hostNetwork !== true &&
    from.origin.by !== "cluster" &&
    !to.kind.endsWith("Job")
  );
}

function candidates(judge: Judge, to: Workload): readonly number[] {
  const declared = to.pod.containers.flatMap(({ ports = [] }) => ports.map(({ port }) => port));
  // The tunnel's port is open on every pod, for all calls through it.
  return [...new Set([...declared, ...(judge.portsInto(to) ?? [])])].filter((port) => port !== tunnelPort);
}

function faultOf(from: Workload, to: Workload, port: number): Fault {
  const [caller, called] = [endName(podEnd(from)), endName(podEnd(to))];
  return {
    object: nameOf(to),
    rule: `${caller} can call ${called} port ${port}, and nothing that is known of it says that it does`,
    source: "Kubernetes: Network policies; the least that each system needs of another",
    fix: `take the edge from ${caller} to port ${port} away, or name its address where the caller is told it`,
  };
}

function metadataFaults(judge: Judge, workload: Workload): readonly Fault[] {
  const call = {
    cluster: workload.cluster,
    from: podEnd(workload),
    to: metadata,
    port: 80,
    protocol: "TCP",
    why: "",
    source: "",
  } as const;
  if (workload.pod.hostNetwork || workload.origin.by === "cluster" || judge.obstacles(call).length > 0)
    return [];
  return [
    {
      object: nameOf(workload),
      rule: "its pods reach the nodes' metadata at 169.254.169.254, and by it the role of the node",
      source: "AWS: Use IMDSv2; EKS best practices: restrict access to the instance profile",
      fix: "leave 169.254.0.0/16 out of the addresses that its policy opens",
    },
  ];
}

/**
 * The caller and port of a needed call. A caller that is not a pod has no certificate, and the mesh's rule
 * for those also admits pods with one; so the port is open to every pod that can reach it.
 */
function pairsOf({ from, to, port }: Call): readonly string[] {
  if (to.kind !== "pods") return [];
  if (from.kind === "pods") return [pairOf(from.workload, to.workload, port)];
  return from.ranges.includes(probeRange) ? [] : [anyoneOf(to.workload, port)];
}

function anyoneOf(to: Workload, port: number): string {
  return ["anyone", nameOf(to), port].join(" ");
}

function pairOf(from: Workload, to: Workload, port: number): string {
  return [nameOf(from), nameOf(to), port].join(" ");
}
