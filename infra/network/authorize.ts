import type { AllPods, Edge, Party, Pods, Port } from "./edge";

/** Which calls a workload of the mesh takes, in the mesh's terms. */
export interface Authorization {
  readonly name: string;
  readonly namespace: string;
  /** Labels of the workload's pods; undefined where it is every pod of the namespace. */
  readonly labels?: Pods["labels"];
  readonly rules: readonly AuthorizationRule[];
  /** Ports that are open to callers outside the mesh, who have no certificate to show. */
  readonly plainPorts: readonly number[];
}

/** One caller's namespace, proven by its certificate, and the ports that it may call. */
export interface AuthorizationRule {
  /** Undefined: callers outside the mesh, told apart by their addresses in the NetworkPolicies alone. */
  readonly from?: string;
  /** Undefined: every port. */
  readonly ports?: readonly number[];
}

/** What {@link authorize} knows of the mesh. */
export interface AuthorizeArgs {
  /** Whether a namespace's pods show certificates. */
  readonly isMember: (namespace: string) => boolean;
  /** Whether this stack says who may call the pods of a namespace, and they take calls without a certificate only as declared. */
  readonly isGuarded: (namespace: string) => boolean;
}

/**
 * Turns edges into what the mesh's node proxies enforce. A NetworkPolicy sees the tunnel's port only, whatever is called
 * through it: so the ports are the mesh's to check, and with them the caller's namespace by its certificate. Which pods of
 * that namespace may call, the NetworkPolicies say.
 */
export function authorize(edges: readonly Edge[], args: AuthorizeArgs): readonly Authorization[] {
  const subjects = new Map<string, Subject>();
  for (const { from, to, ports } of edges) {
    if (to.kind !== "pods" && to.kind !== "all-pods") continue;
    const { namespace } = to;
    if (namespace === undefined || !args.isGuarded(namespace)) continue;
    const name = to.kind === "pods" ? to.name : "all-pods";
    const key = `${namespace}/${name}`;
    const subject = subjects.get(key) ?? { name, namespace, party: to, ports: new Map(), open: new Set() };
    subjects.set(key, subject);
    const caller = callerOf(from, args);
    subject.ports.set(caller, [...(subject.ports.get(caller) ?? []), ...tcp(ports)]);
    if (ports.length === 0 && caller !== outsider) subject.open.add(caller);
  }
  return [...subjects.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, subject]) => authorizationOf(subject));
}

/** The callers, by namespace; the empty name stands for callers outside the mesh. */
type Caller = string;

const outsider: Caller = "";

interface Subject {
  readonly name: string;
  readonly namespace: string;
  readonly party: Pods | AllPods;
  readonly ports: Map<Caller, readonly number[]>;
  /** Callers that may call every port. */
  readonly open: Set<Caller>;
}

function callerOf(from: Party, { isMember }: AuthorizeArgs): Caller {
  if (from.kind !== "pods" && from.kind !== "all-pods") return outsider;
  return from.namespace !== undefined && isMember(from.namespace) ? from.namespace : outsider;
}

function authorizationOf({ name, namespace, party, ports, open }: Subject): Authorization {
  const rules = [...ports.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([caller, called]): AuthorizationRule => {
      if (open.has(caller)) return { from: caller };
      return { ...(caller !== outsider && { from: caller }), ports: unique(called) };
    })
    .filter((rule) => rule.ports?.length !== 0);
  const plainPorts = unique(ports.get(outsider) ?? []);
  if (party.kind === "all-pods" && plainPorts.length > 0) {
    throw new Error(
      `the mesh opens ports to callers outside of it for single workloads only: name the pods of ${namespace} that listen on ${plainPorts.join(", ")}`,
    );
  }
  return { name, namespace, ...(party.kind === "pods" && { labels: party.labels }), rules, plainPorts };
}

/** The mesh carries TCP. */
function tcp(ports: readonly (number | Port)[]): readonly number[] {
  return ports.flatMap((port) => {
    if (typeof port === "number") return [port];
    return port.protocol === "UDP" ? [] : [port.port];
  });
}

function unique(ports: readonly number[]): readonly number[] {
  return [...new Set(ports)].sort((left, right) => left - right);
}
