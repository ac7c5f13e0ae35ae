import type { Labels } from "../../model/facts/object";
import type { Model, Workload } from "../../model/model";
import type { Cidr } from "../../primitives/cidr";
import { selectsLabels } from "../../primitives/labels";
import type { Call, End, Protocol } from "./call";
import { contains, type Ground } from "./ground";
import { type Mesh, probeRange, tunnelPort } from "./mesh";
import { type Direction, type Peer, Policies, type PolicyPort, type Rule } from "./policy";
import { containerPort } from "./services";
import { opensService } from "./vpc-cni";

/** What prevents a call. */
export interface Obstacle {
  /** `egress`, `ingress`: NetworkPolicies; `mesh`: a refusal by its node proxy. */
  readonly at: "egress" | "ingress" | "mesh";
  /** What was found, with the deciding policies. */
  readonly found: string;
}

/** Decides about calls by the policies of a model, like the plugin of each cluster. */
export class Judge {
  readonly #policies: Policies;
  readonly #namespaces = new Map<string, Labels>();

  constructor(
    model: Model,
    readonly mesh: Mesh,
    readonly grounds: ReadonlyMap<string, Ground>,
  ) {
    this.#policies = new Policies(model);
    for (const { cluster, name, labels } of model.of("Namespace")) {
      this.#namespaces.set(`${cluster}/${name}`, { ...labels, "kubernetes.io/metadata.name": name });
    }
  }

  /** Everything that prevents a call; empty when it is possible. */
  obstacles(call: Call): readonly Obstacle[] {
    const tunnelled = this.#isTunnelled(call);
    const seen = tunnelled ? { ...call, port: tunnelPort, service: undefined } : call;
    const refusal = this.mesh.refusal(call);
    return [
      ...this.#egress(seen, tunnelled),
      ...this.#ingress(seen, tunnelled),
      ...(refusal === undefined ? [] : [{ at: "mesh", found: refusal } as const]),
    ];
  }

  /** Whether nothing prevents a call: what most often does is asked first. */
  #isPossible(call: Call): boolean {
    if (this.mesh.refusal(call) !== undefined) return false;
    const tunnelled = this.#isTunnelled(call);
    const seen = tunnelled ? { ...call, port: tunnelPort, service: undefined } : call;
    return this.#ingress(seen, tunnelled).length === 0 && this.#egress(seen, tunnelled).length === 0;
  }

  /** Members of the mesh call each other through its tunnel, which carries TCP. */
  #isTunnelled({ from, to, protocol }: Call): boolean {
    return (
      protocol === "TCP" &&
      from.kind === "pods" &&
      to.kind === "pods" &&
      this.mesh.has(from.workload) &&
      this.mesh.has(to.workload)
    );
  }

  #egress(call: Call, tunnelled: boolean): readonly Obstacle[] {
    const { from, to, port, service } = call;
    if (from.kind !== "pods") return [];
    const policies = this.#policies.of(from.workload, "Egress");
    if (policies.length === 0) return [];
    const rules = policies.flatMap(({ rules }) => rules.Egress ?? []);
    const ground = this.grounds.get(call.cluster);
    // A member's node proxy chooses the pod itself, before policies see the call; UDP bypasses it.
    const chosen = this.mesh.has(from.workload) && call.protocol === "TCP";
    const byService = service !== undefined && ground?.plugin === "vpc-cni" && !chosen ? service : undefined;
    const open = byService
      ? rules.some((rule) =>
          (rule.peers ?? [{}]).some((peer) =>
            peer.block
              ? this.#opensRanges(rule, peer, ground?.services ? [ground.services] : [], {
                  port: byService.port,
                  protocol: call.protocol,
                })
              : this.#selectsNamespace(peer, from.workload, byService.object.namespace ?? "") &&
                opensService(peer, rule, byService.object, byService.port, call.protocol, to),
          ),
        )
      : this.#opens(rules, from.workload, to, port, call.protocol);
    if (open) return [];
    const names = policies.map(({ name }) => name).join(", ");
    const where = byService
      ? `the cluster address of Service ${byService.object.namespace}/${byService.object.name}, port ${byService.port}`
      : `port ${port}${tunnelled ? " (the mesh's tunnel)" : ""}`;
    return [
      { at: "egress", found: `no rule of ${from.workload.namespace}/{${names}} lets it out to ${where}` },
    ];
  }

  #ingress(call: Call, tunnelled: boolean): readonly Obstacle[] {
    const { from, to, port } = call;
    if (to.kind !== "pods") return [];
    const policies = this.#policies.of(to.workload, "Ingress");
    if (policies.length === 0) return [];
    const rules = policies.flatMap(({ rules }) => rules.Ingress ?? []);
    if (this.#opens(rules, to.workload, from, port, call.protocol, to.workload)) return [];
    const names = policies.map(({ name }) => name).join(", ");
    return [
      {
        at: "ingress",
        found: `no rule of ${to.workload.namespace}/{${names}} lets it in on port ${port}${tunnelled ? " (the mesh's tunnel)" : ""}`,
      },
    ];
  }

  /** Whether rules open a port from or to the other end; named ports are those of the called pods. */
  #opens(
    rules: readonly Rule[],
    own: Workload,
    other: End,
    port: number,
    protocol: Protocol,
    called: Workload | undefined = other.kind === "pods" ? other.workload : undefined,
  ): boolean {
    const ground = this.grounds.get(own.cluster);
    const open = rules.filter((rule) => opensPort(rule, port, protocol, called));
    const isOpen = (range: Cidr) =>
      open.some(({ peers }) => peers === undefined || peers.some((peer) => blockOpens(peer, range)));
    if (other.kind === "pods") {
      const ranges = (other.workload.pod.hostNetwork ? ground?.nodes : ground?.pods) ?? [];
      const isSelected = open.some(
        ({ peers }) =>
          peers === undefined || peers.some((peer) => this.#selectsPod(peer, own, other.workload)),
      );
      return isSelected || (ranges.length > 0 && ranges.every(isOpen));
    }
    return other.ranges.every(isOpen);
  }

  #opensRanges(
    rule: Rule,
    peer: Peer,
    ranges: readonly Cidr[],
    { port, protocol }: { readonly port: number; readonly protocol: Protocol },
  ): boolean {
    return (
      opensPort(rule, port, protocol, undefined) &&
      ranges.length > 0 &&
      ranges.every((range) => blockOpens(peer, range))
    );
  }

  #selectsPod(peer: Peer, own: Workload, other: Workload): boolean {
    if (peer.block !== undefined) return false;
    // Selectors concern pods with their own address; only the VPC CNI's controller also lists others.
    if (other.pod.hostNetwork && this.grounds.get(own.cluster)?.plugin !== "vpc-cni") return false;
    return (
      other.cluster === own.cluster &&
      this.#selectsNamespace(peer, own, other.namespace) &&
      selectsLabels(peer.podSelector ?? {}, other.pod.labels)
    );
  }

  #selectsNamespace({ namespaceSelector }: Peer, own: Workload, namespace: string): boolean {
    if (namespaceSelector === undefined) return namespace === own.namespace;
    const implied = { "kubernetes.io/metadata.name": namespace };
    return selectsLabels(namespaceSelector, this.#namespaces.get(`${own.cluster}/${namespace}`) ?? implied);
  }

  /** The ports on which another pod may call a pod, through both ends' policies and the mesh. */
  openPorts(from: Workload, to: Workload, candidates: readonly number[]): readonly number[] {
    return candidates.filter((port) => {
      const call = {
        cluster: from.cluster,
        from: { kind: "pods", workload: from },
        to: { kind: "pods", workload: to },
        port,
        protocol: "TCP",
        why: "",
        source: "",
      } as const;
      return this.#isPossible(call);
    });
  }

  /** Ports that rules open on a workload's pods; undefined when one opens everything. */
  portsInto(workload: Workload, direction: Direction = "Ingress"): ReadonlySet<number> | undefined {
    const policies = this.#policies.of(workload, direction);
    if (policies.length === 0) return undefined;
    const found = new Set<number>();
    for (const { ports, peers } of policies.flatMap(({ rules }) => rules[direction] ?? [])) {
      if (ports === undefined && isForProbes(peers)) continue;
      if (ports === undefined) return undefined;
      for (const { port } of ports) if (typeof port === "number") found.add(port);
    }
    return found;
  }
}

function isForProbes(peers: readonly Peer[] | undefined): boolean {
  const [only, ...others] = peers ?? [];
  return others.length === 0 && only?.block?.cidr.base === probeRange.base;
}

function blockOpens({ block }: Peer, range: Cidr): boolean {
  return (
    block !== undefined &&
    contains(block.cidr, range) &&
    !block.except.some((one) => contains(one, range) || contains(range, one))
  );
}

function opensPort({ ports }: Rule, port: number, protocol: Protocol, called: Workload | undefined): boolean {
  return ports === undefined || ports.some((one) => matchesPort(one, port, protocol, called));
}

function matchesPort(
  { port: wanted, endPort, protocol: over }: PolicyPort,
  port: number,
  protocol: Protocol,
  called: Workload | undefined,
): boolean {
  if (over !== protocol) return false;
  if (wanted === undefined) return true;
  if (typeof wanted === "string") {
    return called !== undefined && containerPort(called, wanted, protocol) === port;
  }
  return port >= wanted && port <= (endPort ?? wanted);
}
