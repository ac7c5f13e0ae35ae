import type { StackPolicy, Violation } from "../policy";
import type { Resource } from "../resource";
import { all, any, at, type Certainty, items, unknown, type Value } from "../value";
import { Namespaces, ofKind } from "./objects";
import { areOpen, type Opening, openingsOf } from "./openings";
import { openRuleOf, otherKinds } from "./other-network-policies";
import { labelSetsOf, selects, selectsEverything } from "./selectors";

const directions = ["Ingress", "Egress"] as const;
type Direction = (typeof directions)[number];

export const defaultDeny: StackPolicy = {
  id: "kubernetes-default-deny",
  scope: "stack",
  what: "Every namespace denies all traffic that no other NetworkPolicy allows, in and out, and no other allows all of it to all.",
  why: "Without a default, any pod reaches any other and the internet, so one that is taken over opens all the rest.",
  severity: "high",
  standards: ["NSA/CISA Kubernetes hardening", "PCI-DSS 4: 1.2.5", "K5"],
  remediation:
    "Add a NetworkPolicy to the namespace with spec.podSelector {}, spec.policyTypes [Ingress, Egress] and no spec.ingress or spec.egress rules.",
  *validate(stack) {
    const namespaces = Namespaces.in(stack);
    const networkPolicies = ofKind(stack, "networking.k8s.io/NetworkPolicy");
    // Few of a stack's policies deny everything: only those are compared with every namespace.
    const denying = directions.map((direction) => ({
      direction,
      candidates: networkPolicies
        .map((one) => ({ one, certainty: denies(one, direction) }))
        .filter(({ certainty }) => certainty !== "no"),
    }));
    const patches = ofKind(stack, "networking.k8s.io/NetworkPolicyPatch");
    const others = ofKind(stack, ...otherKinds, ...otherKinds.map((kind) => `${kind}Patch`));
    for (const direction of directions) {
      for (const resource of others) {
        const rule = openRuleOf(resource, direction);
        if (rule !== undefined) yield { resource, message: `${rule} ${openFor(direction)}` };
      }
      const allowing = [...networkPolicies, ...patches].flatMap((one) => allowanceOf(one, direction) ?? []);
      for (const group of namespaces.groups(allowing, ({ resource }) => resource)) {
        yield* opened(group, direction);
      }
    }
    for (const namespace of ofKind(stack, "core/Namespace")) {
      const open = denying
        .filter(({ candidates }) => {
          const denied = candidates.map(({ one, certainty }) =>
            all([namespaces.same(one, namespace), certainty]),
          );
          return any(denied) === "no";
        })
        .map(({ direction }) => direction);
      if (open.length === 0) continue;
      yield {
        resource: namespace,
        message: `no NetworkPolicy denies ${open.join(" and ")} by default: add one with spec.podSelector {}, spec.policyTypes [${open.join(", ")}] and no rules.`,
      };
    }
  },
};

/** A NetworkPolicy that may allow everything in or out, alone or with others. */
interface Allowance {
  readonly resource: Resource;
  readonly selector: Value;
  readonly openings: readonly Opening[];
}

function allowanceOf(resource: Resource, direction: Direction): Allowance | undefined {
  const openings = openingsOf(resource, direction);
  // A patch selects the pods of the policy that it changes, possibly all.
  const selector = at(resource.properties, "spec", "podSelector") ?? {};
  return openings.length === 0 ? undefined : { resource, selector, openings };
}

/**
 * The policies that open every pod of a namespace: each that does so alone, otherwise all that do so
 * together.
 */
function* opened(group: readonly Allowance[], direction: Direction): Iterable<Violation> {
  const alone = group.filter((one) => isOpenToAll([one]));
  const [first, ...others] = group;
  const found = alone.length > 0 || first === undefined || !isOpenToAll(group) ? alone : [first];
  const beside = alone.length > 0 ? "" : others.map(({ resource }) => ` with ${resource.name}`).join("");
  for (const { resource, openings } of found) {
    const where = (openings.find((one) => areOpen([one])) ?? openings[0])?.where;
    yield {
      resource,
      message: `${where}${beside} ${openFor(direction)}`,
    };
  }
}

function openFor(direction: Direction): string {
  return `lets everything ${direction === "Ingress" ? "in" : "out"} for every pod, and then no other policy denies it: name pods in its selector, or who and which ports.`;
}

/** Whether the selecting policies open every pod, with any labels. */
function isOpenToAll(allowances: readonly Allowance[]): boolean {
  const sets = labelSetsOf(allowances.map(({ selector }) => selector));
  return (
    sets.length > 0 &&
    sets.every((labels) =>
      areOpen(
        allowances
          .filter(({ selector }) => selects(selector, labels) === "yes")
          .flatMap(({ openings }) => openings),
      ),
    )
  );
}

/** Whether the policy selects every pod and allows nothing in this direction. */
function denies(networkPolicy: Resource, direction: Direction): Certainty {
  const spec = at(networkPolicy.properties, "spec");
  if (spec === unknown) return "unknown";
  return all([
    selectsEverything(at(spec, "podSelector")),
    governs(at(spec, "policyTypes"), direction),
    isEmpty(at(spec, direction.toLowerCase())),
  ]);
}

function governs(policyTypes: ReturnType<typeof at>, direction: Direction): Certainty {
  if (policyTypes === unknown) return "unknown";
  // Kubernetes adds Ingress to a missing list, and Egress only where there are egress rules.
  if (policyTypes === undefined) return direction === "Ingress" ? "yes" : "no";
  if (items(policyTypes).includes(direction)) return "yes";
  return items(policyTypes).includes(unknown) ? "unknown" : "no";
}

function isEmpty(rules: ReturnType<typeof at>): Certainty {
  if (rules === unknown) return "unknown";
  return items(rules).length === 0 ? "yes" : "no";
}
