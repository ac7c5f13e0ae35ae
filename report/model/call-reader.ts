import { mapAt } from "../../model/facts/read";
import type { Model } from "../../model/model";
import { type Peer, type Policy, policyOf, type Rule } from "../../proofs/networks/policy";
import type { Call, Party, Purpose, SystemGraph } from "./call";

/** A policy of the pods of one workload. */
interface PodsPolicy extends Policy {
  readonly labels: Readonly<Record<string, string>>;
  /** Hosts on the internet that the pods may call; a policy itself knows addresses only. */
  readonly hosts: readonly string[];
}

interface End extends Party {
  /** Undefined where only the other end can say. */
  readonly purpose: Purpose | undefined;
  /** Whether an operator made its pods. */
  readonly operated: boolean;
}

interface Found {
  readonly from: End;
  readonly to: End;
  readonly ports: readonly number[];
}

interface Scope {
  readonly model: Model;
  readonly cluster: string;
  /** Those of the system. */
  readonly namespaces: ReadonlySet<string>;
  /** Resources that make and check backups. */
  readonly recovery: ReadonlySet<string>;
}

const softwareLabel = "app.kubernetes.io/name";
const namespaceLabel = "kubernetes.io/metadata.name";
/** Where the mesh's tunnel ends: every call between pods has it besides its own port. */
const tunnelPort = 15008;

/** Reads from network policies which calls the pods of a system make and get on one cluster. */
export class CallReader {
  readonly #policies: readonly PodsPolicy[];
  readonly #monitoring: ReadonlySet<string>;

  constructor(private readonly scope: Scope) {
    this.#policies = scope.model
      .of("NetworkPolicy")
      .filter(({ cluster }) => cluster === scope.cluster)
      .map(({ manifest, ...object }) => ({
        ...policyOf({ ...object, manifest }),
        hosts: (mapAt(manifest, "metadata", "annotations")?.["ai-platform/egress-hosts"] ?? "")
          .split(", ")
          .filter((host) => host !== ""),
      }))
      .map((policy) => ({ ...policy, labels: policy.podSelector.matchLabels ?? {} }))
      .filter(({ labels }) => Object.keys(labels).length > 0);
    this.#monitoring = new Set(
      this.#policies
        .filter(({ labels }) => labels[softwareLabel] === "prometheus")
        .map(({ namespace }) => namespace),
    );
  }

  read(): Pick<SystemGraph, "parties" | "calls"> {
    const found = [...this.#outgoing(), ...this.#incoming()].filter(
      ({ from, to }) => from.id !== to.id && (from.role !== "outside" || to.role !== "outside"),
    );
    const ends = [
      ...this.#own().map((policy) => this.#pods(policy)),
      ...found.flatMap(({ from, to }) => [from, to]),
    ];
    const works = (id: string): boolean =>
      found.some(({ from, to }) => to.id === id && from.purpose === "own" && !from.operated);
    return {
      parties: [...new Map(ends.map(({ id, name, role }) => [id, { id, name, role }])).values()],
      calls: merged(found.map((call) => ({ ...call, purpose: purposeOf(call, works) }))),
    };
  }

  #own(): readonly PodsPolicy[] {
    return this.#policies.filter(({ namespace }) => this.scope.namespaces.has(namespace));
  }

  #outgoing(): readonly Found[] {
    return this.#policies.flatMap((policy) =>
      callsOf(policy.rules.Egress).flatMap(({ peer, ports }) => {
        const to = this.#called(peer, policy);
        return to === undefined ? [] : [{ from: this.#pods(policy), to, ports }];
      }),
    );
  }

  /** Calls from namespaces where this stack writes no policies: only the called end knows of them. */
  #incoming(): readonly Found[] {
    return this.#own().flatMap((policy) =>
      callsOf(policy.rules.Ingress).flatMap(({ peer, ports }) => {
        const namespace = peer.namespaceSelector?.matchLabels?.[namespaceLabel];
        return namespace === undefined || this.#policies.some((one) => one.namespace === namespace)
          ? []
          : [{ from: elsewhere(namespace), to: this.#pods(policy), ports }];
      }),
    );
  }

  #called({ podSelector, namespaceSelector, block }: Peer, caller: PodsPolicy): End | undefined {
    if (block !== undefined) {
      return block.cidr.prefix === 0 ? world(caller.hosts) : undefined;
    }
    const namespace = namespaceSelector?.matchLabels?.[namespaceLabel] ?? caller.namespace;
    const called = this.#policies.find(
      (one) => one.namespace === namespace && sameLabels(one.labels, podSelector?.matchLabels ?? {}),
    );
    if (called !== undefined) {
      return this.#pods(called);
    }
    return this.scope.namespaces.has(namespace) ? undefined : elsewhere(namespace);
  }

  #pods({ name, namespace, labels }: PodsPolicy): End {
    const { model, cluster, namespaces, recovery } = this.scope;
    const id = `${namespace}/${name}`;
    if (!namespaces.has(namespace)) {
      const isEntrance = labels[softwareLabel] === "nginx-ingress";
      const purpose = isEntrance ? "own" : this.#monitoring.has(namespace) ? "monitoring" : "operators";
      return { id, name, role: "outside", purpose, operated: false };
    }
    const pods = model.selected(cluster, namespace, labels);
    const operated = pods.some(({ origin }) => origin.by === "operator");
    const isBackup = pods.some(({ origin }) => origin.by === "program" && recovery.has(origin.resource));
    const isProof = Object.keys(labels).some((label) => label.startsWith("acme.cert-manager.io/"));
    return {
      id,
      name,
      role: operated || pods.some(({ kind }) => kind === "StatefulSet") ? "store" : "service",
      purpose: isProof ? "certificates" : isBackup ? "backups" : "own",
      operated,
    };
  }
}

/**
 * What the platform takes part in is the platform's, and so is what pods do that an operator made and no pod of the system
 * calls, and what such pods ask of the internet: they write their backups there.
 */
function purposeOf({ from, to }: Found, works: (id: string) => boolean): Purpose {
  const [special] = [from.purpose, to.purpose].filter((one) => one !== undefined && one !== "own");
  if (special !== undefined) {
    return special;
  }
  if (from.operated && to.purpose === undefined) {
    return to.id === "internet" ? "operators" : "backups";
  }
  return from.operated && !works(from.id) ? "operators" : "own";
}

function elsewhere(namespace: string): End {
  return { id: namespace, name: namespace, role: "outside", purpose: "own", operated: false };
}

/** Hosts on the internet, by the names that their callers' policy gives. */
function world(hosts: readonly string[]): End {
  const [first = "internet", ...others] = hosts.map((host) => host.replace(/:443$/, ""));
  const name = others.length === 0 ? first.replace(/^\*$/, "internet") : `${first} + ${others.length}`;
  return { id: [first, ...others].join(", "), name, role: "outside", purpose: undefined, operated: false };
}

function callsOf(rules: readonly Rule[] = []) {
  return rules.flatMap(({ peers = [], ports = [] }) => {
    const numbers = ports.flatMap(({ port }) =>
      typeof port === "number" && port !== tunnelPort ? [port] : [],
    );
    return peers.map((peer) => ({ peer, ports: numbers }));
  });
}

function sameLabels(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

function merged(calls: readonly (Found & { readonly purpose: Purpose })[]): readonly Call[] {
  const byEnds = new Map<string, Call>();
  for (const { from, to, ports, purpose } of calls) {
    const key = `${from.id} ${to.id} ${purpose}`;
    const all = new Set([...(byEnds.get(key)?.ports ?? []), ...ports]);
    byEnds.set(key, {
      from: from.id,
      to: to.id,
      ports: [...all].toSorted((one, other) => one - other),
      purpose,
    });
  }
  return [...byEnds.values()];
}
