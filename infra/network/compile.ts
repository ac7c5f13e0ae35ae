import type { types } from "@pulumi/kubernetes";
import type { ClusterAddresses } from "../cluster/cluster";
import type { AllPods, Edge, Party, Pods, Port } from "./edge";

type PolicySpec = types.input.networking.v1.NetworkPolicySpec;
type Peer = types.input.networking.v1.NetworkPolicyPeer;
type EgressRule = types.input.networking.v1.NetworkPolicyEgressRule;
type PolicyPort = types.input.networking.v1.NetworkPolicyPort;

/** One NetworkPolicy: all that the pods of one workload may receive and send. */
export interface CompiledPolicy {
  readonly name: string;
  readonly namespace: string;
  /** Hosts that the pods may call outside the cluster: a policy itself knows addresses only. */
  readonly hosts: readonly string[];
  readonly spec: PolicySpec;
}

/** What the compiler knows of the cluster. */
export interface CompilerArgs {
  readonly addresses: ClusterAddresses;
  /** Whether this stack writes policies of the namespace: another stack's end of an edge is that stack's to open (D3). */
  readonly owns: (namespace: string) => boolean;
  /** Whether traffic between pods goes through the mesh's tunnel. (P16) */
  readonly mesh: boolean;
}

/** Where the ambient mesh's tunnel ends on every pod that takes part: traffic between such pods arrives there. */
const tunnelPort = 15008;

/** Addresses that are not on the public internet: private, shared, link-local, loopback. */
const privateRanges = [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
];

/**
 * Turns edges into NetworkPolicies: one for each workload (and for each namespace that is named as a whole), with every
 * edge in the policies of both its ends. What no edge names stays denied, because every namespace denies by default.
 */
export function compile(edges: readonly Edge[], args: CompilerArgs): readonly CompiledPolicy[] {
  const subjects = new Map<string, Subject>();
  const subjectOf = (party: Party): Subject | undefined => {
    if (party.kind !== "pods" && party.kind !== "all-pods") return undefined;
    const { namespace } = party;
    if (namespace === undefined || !args.owns(namespace)) return undefined;
    const key = `${namespace}/${nameOf(party)}`;
    const known = subjects.get(key);
    if (known !== undefined && !sameLabels(known.party, party)) {
      throw new Error(
        `two workloads are called ${nameOf(party)} in the namespace ${namespace}; a name stands for one set of labels`,
      );
    }
    const subject = known ?? { party, namespace, ingress: [], egress: [] };
    subjects.set(key, subject);
    return subject;
  };
  for (const { from, to, ports } of edges) {
    subjectOf(from)?.egress.push({ party: to, ports: normalized(ports) });
    subjectOf(to)?.ingress.push({ party: from, ports: normalized(ports) });
  }
  return [...subjects.values()].map((subject) => policyOf(subject, args)).sort(byNamespaceAndName);
}

interface Rule {
  readonly party: Party;
  readonly ports: readonly Required<Port>[];
}

interface Subject {
  readonly party: Pods | AllPods;
  readonly namespace: string;
  readonly ingress: Rule[];
  readonly egress: Rule[];
}

function policyOf({ party, namespace, ingress, egress }: Subject, args: CompilerArgs): CompiledPolicy {
  const { addresses, mesh } = args;
  return {
    name: nameOf(party),
    namespace,
    hosts: [...new Set(egress.flatMap(hostsOf))].sort(),
    spec: {
      podSelector: party.kind === "pods" ? { matchLabels: { ...party.labels } } : {},
      policyTypes: ["Ingress", "Egress"],
      ingress: merged(ingress).map((rule) => ({
        from: [...sourcesOf(rule.party, namespace, addresses)],
        ports: portsOf(rule, mesh),
      })),
      egress: merged(egress).flatMap((rule) => [
        {
          to: [...targetsOf(rule.party, namespace, addresses)],
          ports: portsOf(withApiServerPorts(rule, addresses), mesh),
        },
        ...credentialsAgent(rule.party, addresses),
      ]),
    },
  };
}

/** Which ports the API server listens on is the cluster's affair, not the caller's. */
function withApiServerPorts({ party, ports }: Rule, { apiServer }: ClusterAddresses): Rule {
  return { party, ports: party.kind === "api-server" ? normalized(apiServer.ports) : ports };
}

/** Callers of the cloud's services get their credentials from an agent on their own node. (C6) */
function credentialsAgent(
  party: Party,
  { credentialsAgent: agent }: ClusterAddresses,
): readonly EgressRule[] {
  if (party.kind !== "cloud-services" || agent === undefined) return [];
  return [{ to: [...blocks([agent.address])], ports: [{ protocol: "TCP", port: agent.port }] }];
}

/** Edges to the same party become one rule, so that a policy reads as a list of who. */
function merged(rules: readonly Rule[]): readonly Rule[] {
  const byParty = new Map<string, Rule>();
  for (const rule of rules) {
    const key = JSON.stringify(rule.party);
    const known = byParty.get(key);
    byParty.set(key, { party: rule.party, ports: known ? [...known.ports, ...rule.ports] : rule.ports });
  }
  return [...byParty.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, rule]) => rule);
}

/** Every port, where none is named. */
function portsOf({ party, ports }: Rule, mesh: boolean): PolicyPort[] {
  if (ports.length === 0) return [];
  const tunnelled = mesh && (party.kind === "pods" || party.kind === "all-pods");
  const all = [...ports, ...(tunnelled ? [{ port: tunnelPort, protocol: "TCP" } as const] : [])];
  const unique = new Map(all.map((port) => [`${port.protocol}/${port.port}`, port]));
  return [...unique.values()]
    .sort((left, right) => left.port - right.port || (left.protocol < right.protocol ? -1 : 1))
    .map(({ port, protocol }) => ({ protocol, port }));
}

function sourcesOf(party: Party, namespace: string, addresses: ClusterAddresses): readonly Peer[] {
  switch (party.kind) {
    case "api-server":
      return blocks(addresses.apiServer.sources);
    case "internet":
    case "cloud-services":
      return blocks(["0.0.0.0/0"]);
    default:
      return inside(party, namespace, addresses);
  }
}

function targetsOf(party: Party, namespace: string, addresses: ClusterAddresses): readonly Peer[] {
  switch (party.kind) {
    case "api-server":
      return blocks(addresses.apiServer.targets);
    case "internet":
      return [publicInternet];
    case "cloud-services":
      return [publicInternet, ...blocks(addresses.cloudServices)];
    default:
      return inside(party, namespace, addresses);
  }
}

/** Every public address, and no private one. */
export const publicInternet: Peer = { ipBlock: { cidr: "0.0.0.0/0", except: privateRanges } };

function inside(
  party: Exclude<Party, { kind: "api-server" | "internet" | "cloud-services" }>,
  namespace: string,
  addresses: ClusterAddresses,
): readonly Peer[] {
  switch (party.kind) {
    case "nodes":
      return blocks(addresses.nodes);
    case "all-pods":
      return [{ namespaceSelector: namespaceSelector(party.namespace) }];
    case "pods": {
      const podSelector = { matchLabels: { ...party.labels } };
      if (party.namespace === namespace) return [{ podSelector }];
      return [{ namespaceSelector: namespaceSelector(party.namespace), podSelector }];
    }
  }
}

function namespaceSelector(namespace: string | undefined) {
  return namespace === undefined ? {} : { matchLabels: { "kubernetes.io/metadata.name": namespace } };
}

function blocks(ranges: readonly string[]): readonly Peer[] {
  return ranges.map((cidr) => ({ ipBlock: { cidr } }));
}

function hostsOf({ party, ports }: Rule): readonly string[] {
  if (party.kind !== "internet" && party.kind !== "cloud-services") return [];
  return party.hosts.flatMap((host) => ports.map(({ port }) => `${host}:${port}`));
}

function normalized(ports: Edge["ports"]): readonly Required<Port>[] {
  return ports.map((port) =>
    typeof port === "number" ? { port, protocol: "TCP" } : { protocol: "TCP", ...port },
  );
}

function nameOf(party: Pods | AllPods): string {
  return party.kind === "pods" ? party.name : "all-pods";
}

function sameLabels(left: Pods | AllPods, right: Pods | AllPods): boolean {
  const labelsOf = (party: Pods | AllPods) =>
    JSON.stringify(party.kind === "pods" ? Object.entries(party.labels).sort() : []);
  return labelsOf(left) === labelsOf(right);
}

function byNamespaceAndName(left: CompiledPolicy, right: CompiledPolicy): number {
  const key = ({ namespace, name }: CompiledPolicy): string => `${namespace}/${name}`;
  return key(left) < key(right) ? -1 : 1;
}
