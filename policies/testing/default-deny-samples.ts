import { isObject, type Values } from "../value";
import type { Fault, Sample } from "./cases";
import { object } from "./samples";

export const both = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

export function networkPolicy(spec: Values, metadata: Values = {}): Sample {
  return object("networking.k8s.io/v1:NetworkPolicy", "default", spec, metadata);
}

export function missing(directions: string): string {
  const types = directions.replace(" and ", ", ");
  return `shop: no NetworkPolicy denies ${directions} by default: add one with spec.podSelector {}, spec.policyTypes [${types}] and no rules.`;
}

export const deny = object("networking.k8s.io/v1:NetworkPolicy", "deny", {
  podSelector: {},
  policyTypes: ["Ingress", "Egress"],
});
const blocks = (...ranges: readonly string[]): readonly Values[] =>
  ranges.map((cidr) => ({ ipBlock: { cidr } }));
export const halves = blocks("0.0.0.0/1", "128.0.0.0/1");
/** Only together as large as the internet. */
export const parts = blocks("16.0.0.0/5", "24.0.0.0/5");

export function opening(name: string, spec: Values): Sample {
  return object("networking.k8s.io/v1:NetworkPolicy", name, {
    podSelector: {},
    policyTypes: ["Ingress"],
    ...spec,
  });
}

export function cilium(name: string, spec: Values): Sample {
  return object("cilium.io/v2:CiliumNetworkPolicy", name, spec);
}

export function opened(name: string, where: string, way: string): string {
  return `${name}: ${where} lets everything ${way} for every pod, and then no other policy denies it: name pods in its selector, or who and which ports.`;
}

export function labelled(operator: string, values?: readonly string[]): Values {
  return { matchExpressions: [{ key: "app", operator, ...(values && { values }) }] };
}

export const allowAll: Fault = {
  name: "another policy that allows all",
  break: (sample) => [
    sample,
    {
      ...sample,
      name: `${sample.name}-not`,
      properties: {
        ...(isObject(sample.properties) ? sample.properties : {}),
        spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] },
      },
    },
  ],
};

export const allowTogether: Fault = {
  name: "two policies that allow all together",
  break: (sample) => [
    sample,
    ...["Exists", "DoesNotExist"].map((operator) => ({
      ...sample,
      name: `${sample.name}-${operator}`,
      properties: {
        ...(isObject(sample.properties) ? sample.properties : {}),
        spec: {
          podSelector: { matchExpressions: [{ key: "app", operator }] },
          policyTypes: ["Egress"],
          egress: [{}],
        },
      },
    })),
  ],
};
