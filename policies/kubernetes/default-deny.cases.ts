import type { Cases } from "../testing/cases";
import {
  allowAll,
  allowTogether,
  both,
  cilium,
  deny,
  halves,
  labelled,
  missing,
  networkPolicy,
  opened,
  opening,
  parts,
} from "../testing/default-deny-samples";
import * as faults from "../testing/faults";
import { namespace, object } from "../testing/samples";
import { unknown } from "../value";
import { defaultDeny } from "./default-deny";

export const defaultDenyCases: Cases = {
  policy: defaultDeny,
  catches: [
    { name: "no NetworkPolicy", resources: [namespace()], violations: [missing("Ingress and Egress")] },
    {
      name: "only one direction",
      resources: [namespace(), networkPolicy({ podSelector: {} })],
      violations: [missing("Egress")],
    },
    {
      name: "only some pods",
      resources: [
        namespace(),
        networkPolicy({ ...both, podSelector: { matchExpressions: [{ key: "app", operator: "Exists" }] } }),
      ],
      violations: [missing("Ingress and Egress")],
    },
    {
      name: "a rule that lets everything in",
      resources: [namespace(), networkPolicy({ ...both, ingress: [{}] })],
      violations: [opened("default", "spec.ingress[0]", "in"), missing("Ingress")],
    },
    {
      name: "another namespace",
      resources: [namespace(), networkPolicy(both, { namespace: "other" })],
      violations: [missing("Ingress and Egress")],
    },
    {
      name: "another cluster",
      resources: [namespace(), { ...networkPolicy(both), provider: "other" }],
      violations: [missing("Ingress and Egress")],
    },

    {
      name: "a denial beside what allows everything to every pod",
      resources: [
        namespace(),
        deny,
        opening("from-anywhere", { ingress: [{ from: [] }] }),
        opening("from-every-pod", { ingress: [{ from: [{ namespaceSelector: {} }] }] }),
        opening("by-every-port", { ingress: [{ ports: [{ port: 1, endPort: 65535 }] }] }),
        opening("to-the-internet", { policyTypes: ["Egress"], egress: [{ to: halves }] }),
      ],
      violations: [
        opened("from-anywhere", "spec.ingress[0]", "in"),
        opened("from-every-pod", "spec.ingress[0]", "in"),
        opened("by-every-port", "spec.ingress[0]", "in"),
        opened("to-the-internet", "spec.egress[0]", "out"),
      ],
    },
    {
      name: "policies that open every pod together: by their labels, and by ranges",
      resources: [
        namespace(),
        deny,
        opening("with", { podSelector: labelled("Exists"), ingress: [{}] }),
        opening("without", { podSelector: labelled("DoesNotExist"), ingress: [{}] }),
        opening("low", { policyTypes: ["Egress"], egress: [{ to: parts.slice(0, 1) }] }),
        opening("high", { policyTypes: ["Egress"], egress: [{ to: parts.slice(1) }] }),
      ],
      violations: [
        opened("with", "spec.ingress[0] with without", "in"),
        opened("low", "spec.egress[0] with high", "out"),
      ],
    },
    {
      name: "every port in two ranges",
      resources: [
        namespace(),
        deny,
        opening("by-ranges", {
          ingress: [
            {
              ports: [
                { port: 32768, endPort: 65535 },
                { port: 1, endPort: 32767 },
              ],
            },
          ],
        }),
      ],
      violations: [opened("by-ranges", "spec.ingress[0]", "in")],
    },
    {
      name: "network policies of Cilium, of administrators and of Calico that open what is denied",
      resources: [
        namespace(),
        deny,
        cilium("all", { endpointSelector: {}, egress: [{ toEntities: ["all"] }] }),
        cilium("rule", { endpointSelector: { matchLabels: {} }, ingress: [{ fromEndpoints: [{}] }] }),
        cilium("ranges", {
          endpointSelector: {},
          egress: [{ toCIDRSet: halves.map(({ ipBlock }) => ipBlock ?? null) }],
        }),
        object("policy.networking.k8s.io/v1alpha1:AdminNetworkPolicy", "admin", {
          subject: { namespaces: {} },
          egress: [{ action: "Allow", to: [{ networks: ["0.0.0.0/0"] }] }],
        }),
        object("policy.networking.k8s.io/v1alpha1:BaselineAdminNetworkPolicy", "baseline", {
          subject: { namespaces: { matchLabels: {} } },
          ingress: [{ action: "Allow", from: [{ namespaces: {} }] }],
        }),
        object("projectcalico.org/v3:GlobalNetworkPolicy", "calico", {
          selector: "all()",
          ingress: [{ action: "Deny" }, { action: "Allow", source: { nets: ["0.0.0.0/0"] } }],
        }),
      ],
      violations: [
        opened("rule", "spec.ingress[0]", "in"),
        opened("baseline", "spec.ingress[0]", "in"),
        opened("calico", "spec.ingress[1]", "in"),
        opened("all", "spec.egress[0]", "out"),
        opened("ranges", "spec.egress[0]", "out"),
        opened("admin", "spec.egress[0]", "out"),
      ],
    },
    {
      name: "one value of a label, and all others",
      resources: [
        namespace(),
        deny,
        opening("web", { podSelector: { matchLabels: { app: "web" } }, ingress: [{}] }),
        opening("others", { podSelector: labelled("NotIn", ["web"]), ingress: [{}] }),
      ],
      violations: [opened("web", "spec.ingress[0] with others", "in")],
    },
  ],
  passes: [
    { name: "both directions denied", resources: [namespace(), networkPolicy(both)] },
    {
      name: "one NetworkPolicy per direction, and one that allows some pods",
      resources: [
        namespace(),
        networkPolicy({ podSelector: { matchLabels: {} }, policyTypes: ["Ingress"], ingress: [] }),
        { ...networkPolicy({ podSelector: {}, policyTypes: ["Egress"] }), name: "egress" },
        {
          ...networkPolicy({ ...both, podSelector: { matchLabels: { app: "web" } }, egress: [{}] }),
          name: "allow",
        },
      ],
    },
    {
      name: "two providers for the same cluster",
      resources: [
        { ...namespace(), providerProperties: { clusterIdentifier: "prod" } },
        { ...networkPolicy(both), provider: "other", providerProperties: { clusterIdentifier: "prod" } },
      ],
    },
    {
      name: "the provider's own namespace",
      resources: [
        namespace(),
        { ...networkPolicy(both, { namespace: null }), providerProperties: { namespace: "shop" } },
      ],
    },

    {
      name: "a denial beside what allows some",
      resources: [
        namespace(),
        deny,
        opening("some-pods", { podSelector: { matchLabels: { app: "web" } }, ingress: [{}] }),
        opening("namesakes", { ingress: [{ from: [{ podSelector: {} }] }] }),
        opening("dns", { policyTypes: ["Egress"], egress: [{ ports: [{ port: 53, protocol: "UDP" }] }] }),
        opening("one-namespace", {
          ingress: [{ from: [{ namespaceSelector: { matchLabels: { a: "b" } } }] }],
        }),
        opening("metrics", {
          ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { a: "b" } } }] }],
        }),
      ],
    },
    {
      name: "other network policies that open some pods, to some, or nothing",
      resources: [
        namespace(),
        deny,
        cilium("web", {
          endpointSelector: { matchLabels: { app: "web" } },
          egress: [{ toEntities: ["world"] }],
        }),
        cilium("dns", {
          endpointSelector: {},
          egress: [
            { toEndpoints: [{ matchLabels: { "k8s-app": "kube-dns" } }] },
            { toEntities: ["all"], toPorts: [{ ports: [{ port: "53" }] }] },
            { toEntities: ["kube-apiserver"] },
          ],
        }),
        cilium("not-known", { endpointSelector: unknown, egress: [unknown] }),
        object("policy.networking.k8s.io/v1alpha1:AdminNetworkPolicy", "admin", {
          subject: { namespaces: {} },
          egress: [
            { action: "Deny", to: [{ networks: ["0.0.0.0/0"] }] },
            { action: "Allow", to: [{ networks: ["10.0.0.0/8"] }] },
            { action: "Allow", to: [{ networks: ["0.0.0.0/0"] }], ports: [{ portNumber: { port: 53 } }] },
          ],
        }),
        object("projectcalico.org/v3:NetworkPolicy", "calico", {
          selector: "app == 'web'",
          egress: [{ action: "Allow" }],
        }),
        object("projectcalico.org/v3:GlobalNetworkPolicy", "calico-dns", {
          egress: [
            { action: "Allow", protocol: "UDP", destination: { ports: [53] } },
            { action: "Allow", destination: { selector: "app == 'dns'" } },
          ],
        }),
      ],
    },
    {
      name: "policies that leave some pods closed, or are in different namespaces",
      resources: [
        namespace(),
        deny,
        opening("web", { podSelector: { matchLabels: { app: "web" } }, ingress: [{}] }),
        opening("jobs", { podSelector: labelled("NotIn", ["web", "shop"]), ingress: [{}] }),
        opening("low", { policyTypes: ["Egress"], egress: [{ to: parts.slice(0, 1) }] }),
        object(
          "networking.k8s.io/v1:NetworkPolicy",
          "high",
          { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: parts.slice(1) }] },
          { namespace: "other" },
        ),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "which pods is not known, egress is not governed",
        resources: [namespace(), networkPolicy({ podSelector: unknown, policyTypes: ["Ingress"] })],
        violations: [missing("Egress")],
      },
      {
        name: "the namespace is not known, but which resource it comes from is",
        resources: [
          namespace(),
          {
            ...namespace({
              name: "other",
              annotations: { "policies.ai-platform/exempt-kubernetes-default-deny": unknown },
            }),
            name: "other",
          },
          { ...networkPolicy(both, { namespace: unknown }), dependencies: { metadata: ["other"] } },
        ],
        violations: [missing("Ingress and Egress")],
      },
    ],
    passes: [
      {
        name: "the namespace of the NetworkPolicy is not known",
        resources: [namespace(), networkPolicy(both, { namespace: unknown })],
      },
      {
        name: "the namespace is not known, but comes from the right resource",
        resources: [
          namespace(),
          { ...networkPolicy(both, { namespace: unknown }), dependencies: { metadata: ["shop"] } },
        ],
      },
      {
        name: "the cluster is not known",
        resources: [
          { ...namespace(), providerProperties: { clusterIdentifier: unknown } },
          { ...networkPolicy(both), provider: "other", providerProperties: { clusterIdentifier: unknown } },
        ],
      },
    ],
  },
  faults: [
    faults.only(/default-deny$/, allowAll),
    faults.only(/default-deny$/, allowTogether),
    faults.gone(/:NetworkPolicy$/, /default-deny$/),
    faults.only(/default-deny$/, faults.set(/:NetworkPolicy$/, "spec.ingress", [{}])),
    faults.only(/default-deny$/, faults.set(/:NetworkPolicy$/, "spec.policyTypes", ["Ingress"])),
  ],
};
