import type { Cases } from "../testing/cases";
import { object } from "../testing/samples";
import { unknown, type Values } from "../value";
import { serviceExposure } from "./service-exposure";

const service = (spec: Values, metadata: Values = {}) => object("core/v1:Service", "web", spec, metadata);
const configuration = { exposed: [{ names: ["shop/web"], reason: "Partners call it" }] };

export const serviceExposureCases: Cases = {
  policy: serviceExposure,
  catches: [
    {
      name: "an address of its own",
      resources: [service({ type: "LoadBalancer" })],
      violations: ["web: spec.type is LoadBalancer: set ClusterIP, or declare shop/web in exposed."],
    },
    {
      name: "a port of every node, in a namespace that is not declared",
      configuration,
      resources: [service({ type: "NodePort" }, { namespace: "other" })],
      violations: ["web: spec.type is NodePort: set ClusterIP, or declare other/web in exposed."],
    },
    {
      name: "addresses that are taken over",
      resources: [service({ externalIPs: ["203.0.113.7"] })],
      violations: ["web: spec.externalIPs is set: set ClusterIP, or declare shop/web in exposed."],
    },

    {
      name: "a patch that gives it an address",
      resources: [{ ...service({ type: "LoadBalancer" }), type: "kubernetes:core/v1:ServicePatch" }],
      violations: ["web: spec.type is LoadBalancer: set ClusterIP, or declare shop/web in exposed."],
    },
  ],
  passes: [
    { name: "inside the cluster", resources: [service({ type: "ClusterIP" }), service({})] },
    { name: "declared", configuration, resources: [service({ type: "LoadBalancer" })] },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the namespace is not known, and none of the declared has this name",
        configuration: { exposed: [{ names: ["shop/api"], reason: "Partners call it" }] },
        resources: [service({ type: "LoadBalancer" }, { namespace: unknown })],
        violations: ["web: spec.type is LoadBalancer: set ClusterIP, or declare <namespace>/web in exposed."],
      },
    ],
    passes: [
      { name: "the type is not known", resources: [service({ type: unknown })] },
      {
        name: "the namespace is not known, and may be the declared one",
        configuration,
        resources: [service({ type: "LoadBalancer" }, { namespace: unknown })],
      },
    ],
  },
};
