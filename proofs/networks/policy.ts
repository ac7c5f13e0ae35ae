import { z } from "zod";
import { labels } from "../../model/facts/object";
import { requirement } from "../../model/facts/selector";
import type { Model, ModelObject, Workload } from "../../model/model";
import { type Cidr, parseCidr } from "../../primitives/cidr";
import { selectsLabels } from "../../primitives/labels";

const selector = z.strictObject({
  matchLabels: labels.optional(),
  matchExpressions: z.array(requirement).optional(),
});

const port = z.strictObject({
  protocol: z.enum(["TCP", "UDP", "SCTP"]).default("TCP"),
  port: z.union([z.number(), z.string()]).optional(),
  endPort: z.number().optional(),
});

const peer = z.strictObject({
  podSelector: selector.optional(),
  namespaceSelector: selector.optional(),
  ipBlock: z.strictObject({ cidr: z.string(), except: z.array(z.string()).default([]) }).optional(),
});

const policySpec = z.strictObject({
  podSelector: selector,
  policyTypes: z.array(z.enum(["Ingress", "Egress"])).optional(),
  ingress: z
    .array(z.strictObject({ from: z.array(peer).optional(), ports: z.array(port).optional() }))
    .optional(),
  egress: z
    .array(z.strictObject({ to: z.array(peer).optional(), ports: z.array(port).optional() }))
    .optional(),
});

export type Direction = "Ingress" | "Egress";
export type PolicyPort = z.infer<typeof port>;
export type Selector = z.infer<typeof selector>;

/** A block of addresses without exceptions. */
export interface Block {
  readonly cidr: Cidr;
  readonly except: readonly Cidr[];
}

export interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly block?: Block;
}

export interface Rule {
  /** Undefined: everyone. */
  readonly peers?: readonly Peer[];
  /** Undefined: every port. */
  readonly ports?: readonly PolicyPort[];
}

/** A NetworkPolicy with the API server's defaults. */
export interface Policy {
  readonly name: string;
  readonly namespace: string;
  readonly cluster: string;
  readonly podSelector: Selector;
  /** Directions in which it isolates the selected pods. */
  readonly rules: Readonly<Partial<Record<Direction, readonly Rule[]>>>;
}

/**
 * A NetworkPolicy of the model.
 *
 * @throws ZodError for a policy with fields that are not implemented here, because ignoring them would give a
 *   wrong verdict
 */
export function policyOf({ cluster, name, namespace = "default", manifest }: ModelObject): Policy {
  const spec = policySpec.parse(manifest?.spec);
  // Without types a policy applies to ingress, and to egress if it has egress rules.
  const types = spec.policyTypes ?? ["Ingress", ...(spec.egress === undefined ? [] : ["Egress"])];
  return {
    name,
    namespace,
    cluster,
    podSelector: spec.podSelector,
    rules: {
      ...(types.includes("Ingress") && {
        Ingress: (spec.ingress ?? []).map(({ from, ports }) => ruleOf(from, ports)),
      }),
      ...(types.includes("Egress") && {
        Egress: (spec.egress ?? []).map(({ to, ports }) => ruleOf(to, ports)),
      }),
    },
  };
}

/** An empty list means every peer and every port. */
function ruleOf(
  peers: readonly z.infer<typeof peer>[] | undefined,
  ports: readonly PolicyPort[] | undefined,
): Rule {
  return {
    ...(peers?.length && {
      peers: peers.map(({ ipBlock, ...selectors }) => ({
        ...selectors,
        ...(ipBlock && {
          block: { cidr: cidr(ipBlock.cidr), except: ipBlock.except.map(cidr) },
        }),
      })),
    }),
    ...(ports?.length && { ports }),
  };
}

function cidr(text: string): Cidr {
  const found = parseCidr(text);
  if (found === undefined) throw new Error(`${text} is no IPv4 network, such as 10.0.0.0/16`);
  return found;
}

/** The policies of a model, by the pods that they select. */
export class Policies {
  readonly #byNamespace = new Map<string, Policy[]>();
  readonly #ofWorkload = new Map<Workload, readonly Policy[]>();

  constructor(model: Model) {
    for (const object of model.of("NetworkPolicy")) {
      const policy = policyOf(object);
      const key = `${policy.cluster}/${policy.namespace}`;
      this.#byNamespace.set(key, [...(this.#byNamespace.get(key) ?? []), policy]);
    }
  }

  /** The policies that isolate a workload's pods in a direction; pods in the host network have none. */
  of(workload: Workload, direction: Direction): readonly Policy[] {
    if (workload.pod.hostNetwork) return [];
    let found = this.#ofWorkload.get(workload);
    if (found === undefined) {
      const near = this.#byNamespace.get(`${workload.cluster}/${workload.namespace}`) ?? [];
      found = near.filter(({ podSelector }) => selectsLabels(podSelector, workload.pod.labels));
      this.#ofWorkload.set(workload, found);
    }
    return found.filter(({ rules }) => rules[direction] !== undefined);
  }
}
