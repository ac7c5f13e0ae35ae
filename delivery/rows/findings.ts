import { waitsForAnnotation } from "../../infra/kit/waits-for";
import type { Workload } from "../cluster/kinds";
import type { Finding } from "../row";

/** `Deployment atlas-ai-production/ai-engine` */
export function nameOf(kind: string, namespace: string, name: string): string {
  return namespace === "" ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** The command that shows an object with its events. */
export function describe(kind: string, namespace: string, name: string): string {
  const where = namespace === "" ? "" : ` --namespace ${namespace}`;
  return `kubectl describe ${kind.toLowerCase()} ${name}${where}`;
}

export function missing(kind: string, namespace: string, name: string): Finding {
  const where = namespace === "" ? "" : ` --namespace ${namespace}`;
  return {
    about: nameOf(kind, namespace, name),
    expected: "it exists",
    found: "there is none",
    look: `kubectl get ${kind.toLowerCase()}${where}`,
  };
}

/** A finding unless the two values are equal. */
export function differs(
  kind: string,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  what: string,
  expected: unknown,
  found: unknown,
): readonly Finding[] {
  if (JSON.stringify(expected) === JSON.stringify(found)) return [];
  return [
    {
      about: nameOf(kind, namespace, name),
      expected: `${what} ${inWords(expected)}`,
      found: inWords(found),
      look: describe(kind, namespace, name),
    },
  ];
}

function inWords(value: unknown): string {
  if (value === undefined) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A workload must have replicas, all of them Ready with the newest template. */
export function notRunning(
  kind: "Deployment" | "StatefulSet",
  { metadata, spec, status }: Workload,
  atLeast = 1,
): readonly Finding[] {
  const { namespace, name } = metadata;
  const wanted = Math.max(spec.replicas, atLeast);
  const running = Math.min(status.readyReplicas, status.updatedReplicas);
  if (spec.replicas >= atLeast && running >= wanted) return [];
  const awaited = metadata.annotations[waitsForAnnotation];
  const waiting = awaited === undefined ? "" : `; it waits for ${awaited}`;
  return [
    {
      about: nameOf(kind, namespace, name),
      expected: `${wanted} Ready replicas of the newest template`,
      found: `${spec.replicas} wanted, ${status.updatedReplicas} of the newest template, ${status.readyReplicas} Ready${waiting}`,
      look: `kubectl describe ${kind.toLowerCase()} ${name} --namespace ${namespace}`,
    },
  ];
}
