import { z } from "zod";
import { modelOf } from "../../model/expand";
import type { Plan } from "../../model/plan";

/** Somebody who calls or is called. */
export interface Party {
  readonly id: string;
  readonly name: string;
  /** True for those outside the system: another namespace as a whole, or the internet. */
  readonly outside: boolean;
}

export interface Call {
  readonly from: string;
  readonly to: string;
  readonly ports: readonly number[];
}

/** Calls in one system, as its network policies allow them. */
export interface SystemGraph {
  readonly system: string;
  readonly parties: readonly Party[];
  readonly calls: readonly Call[];
}

const selector = z.object({ matchLabels: z.record(z.string(), z.string()).default({}) });
const peer = z.object({
  podSelector: selector.optional(),
  namespaceSelector: selector.optional(),
  ipBlock: z.object({ cidr: z.string() }).optional(),
});
const policy = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.object({
    podSelector: selector,
    egress: z
      .array(
        z.object({
          to: z.array(peer).default([]),
          ports: z.array(z.object({ port: z.number() })).default([]),
        }),
      )
      .default([]),
  }),
});

type Policy = z.infer<typeof policy>;

const namespaceLabel = "kubernetes.io/metadata.name";
/** Where the mesh's tunnel ends: every call between pods has it besides its own port. */
const tunnelPort = 15008;
const internet = { id: "internet", name: "internet", outside: true };

/** One graph for each system that has workloads; namespaces where it has none are drawn as one party each. */
export function systemGraphs(plan: Plan): readonly SystemGraph[] {
  const policies = plan
    .all("kubernetes:networking.k8s.io/v1:NetworkPolicy", policy)
    .map(({ inputs }) => inputs)
    .filter(({ spec }) => Object.keys(spec.podSelector.matchLabels).length > 0);
  const pods = modelOf(plan).workloads;
  const systems = [...new Set(pods.map(({ system }) => system))].filter((system) => system !== "platform");
  return systems.toSorted().map((system) => {
    const own = new Set(pods.filter((group) => group.system === system).map(({ namespace }) => namespace));
    return graphOf(system, policies, (namespace) => own.has(namespace));
  });
}

function graphOf(
  system: string,
  policies: readonly Policy[],
  isOwn: (namespace: string) => boolean,
): SystemGraph {
  const all = policies.flatMap((one) =>
    one.spec.egress.flatMap(({ to, ports }) =>
      to.flatMap((target) => {
        const from = partyOf(one, isOwn);
        const called = calledParty(target, one, policies, isOwn);
        const own = ports.map(({ port }) => port).filter((port) => port !== tunnelPort);
        return called === undefined ? [] : [{ from, to: called, ports: own }];
      }),
    ),
  );
  const touching = all.filter(({ from, to }) => from.id !== to.id && (!from.outside || !to.outside));
  const parties = new Map(
    [
      ...policies.map((one) => partyOf(one, isOwn)).filter(({ outside }) => !outside),
      ...touching.flatMap(({ from, to }) => [from, to]),
    ].map((party) => [party.id, party]),
  );
  return { system, parties: [...parties.values()], calls: merged(touching) };
}

function partyOf({ metadata }: Policy, isOwn: (namespace: string) => boolean): Party {
  const { name, namespace } = metadata;
  return isOwn(namespace)
    ? { id: `${namespace}/${name}`, name, outside: false }
    : { id: namespace, name: namespace, outside: true };
}

function calledParty(
  { podSelector, namespaceSelector, ipBlock }: z.infer<typeof peer>,
  caller: Policy,
  policies: readonly Policy[],
  isOwn: (namespace: string) => boolean,
): Party | undefined {
  if (ipBlock !== undefined) {
    return ipBlock.cidr === "0.0.0.0/0" ? internet : undefined;
  }
  const namespace = namespaceSelector?.matchLabels[namespaceLabel] ?? caller.metadata.namespace;
  const called = policies.find(
    ({ metadata, spec }) =>
      metadata.namespace === namespace &&
      sameLabels(spec.podSelector.matchLabels, podSelector?.matchLabels ?? {}),
  );
  if (called !== undefined) {
    return partyOf(called, isOwn);
  }
  return isOwn(namespace) ? undefined : { id: namespace, name: namespace, outside: true };
}

function sameLabels(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

function merged(
  calls: readonly { readonly from: Party; readonly to: Party; readonly ports: readonly number[] }[],
): readonly Call[] {
  const keys = [...new Set(calls.map(({ from, to }) => `${from.id} ${to.id}`))];
  return keys.map((key) => {
    const same = calls.filter(({ from, to }) => `${from.id} ${to.id}` === key);
    const ports = [...new Set(same.flatMap((call) => call.ports))].toSorted((one, other) => one - other);
    const [from = "", to = ""] = key.split(" ");
    return { from, to, ports };
  });
}
