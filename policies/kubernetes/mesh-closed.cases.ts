import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { object } from "../testing/samples";
import { unknown, type Value, type Values } from "../value";
import { meshClosed } from "./mesh-closed";

const peers = (spec: Values) => object("security.istio.io/v1:PeerAuthentication", "peers", spec);
const rules = (list: Value, action: Value = "ALLOW") =>
  object("security.istio.io/v1:AuthorizationPolicy", "who", { action, rules: list });
const clear = (name: string, path: string): string =>
  `${name}: ${path} is DISABLE, so traffic goes in clear: set another mode.`;
const everything = "who: spec.rules[0] allows everything: say from where, to what or when.";

export const meshClosedCases: Cases = {
  policy: meshClosed,
  catches: [
    {
      name: "mutual TLS off, as a whole, for a port, and towards a service",
      resources: [
        peers({ mtls: { mode: "DISABLE" } }),
        peers({ mtls: { mode: "STRICT" }, portLevelMtls: { "9090": { mode: "DISABLE" } } }),
        object("networking.istio.io/v1:DestinationRule", "to", {
          trafficPolicy: { tls: { mode: "DISABLE" } },
        }),
      ],
      violations: [
        clear("peers", "spec.mtls.mode"),
        clear("peers", "spec.portLevelMtls.9090.mode"),
        clear("to", "spec.trafficPolicy.tls.mode"),
      ],
    },
    {
      name: "an allowance without a condition",
      resources: [rules([{}]), rules([{ from: [] }], null)],
      violations: [everything, everything],
    },
  ],
  passes: [
    {
      name: "closed",
      resources: [
        peers({ mtls: { mode: "STRICT" }, portLevelMtls: { "9090": { mode: "PERMISSIVE" } } }),
        rules([{ from: [{ source: { namespaces: ["shop"] } }] }]),
        rules([{}], "DENY"),
        rules([]),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its selector is not known",
        resources: [peers({ selector: unknown, mtls: { mode: "DISABLE" } })],
        violations: [clear("peers", "spec.mtls.mode")],
      },
    ],
    passes: [
      {
        name: "not known",
        resources: [
          peers({ mtls: { mode: unknown } }),
          rules(unknown),
          rules([unknown]),
          rules([{ from: unknown }]),
          rules([{}], unknown),
        ],
      },
    ],
  },
  faults: [
    faults.set(/:PeerAuthentication$/, "spec.mtls.mode", "DISABLE"),
    faults.set(/:AuthorizationPolicy$/, "spec.rules", [{}]),
  ],
};
