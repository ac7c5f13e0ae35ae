import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { linodeTlsInTransit } from "./tls-in-transit";

function port(properties: Values): Sample {
  return {
    type: "linode:index/nodeBalancerConfig:NodeBalancerConfig",
    properties: { nodebalancerId: 1, ...properties },
  };
}

const plain = 'sample: protocol is http: set "https".';

export const linodeTlsInTransitCases: Cases = {
  policy: linodeTlsInTransit,
  catches: [
    {
      name: "plain HTTP, said or left out",
      resources: [port({ port: 80, protocol: "http" }), port({ port: 8080 })],
      violations: [plain, plain],
    },
    {
      name: "ciphers that are broken",
      resources: [port({ port: 443, protocol: "https", cipherSuite: "legacy" })],
      violations: ['sample: cipherSuite is legacy: set "recommended".'],
    },
  ],
  passes: [
    {
      name: "HTTPS, and what the nodes encrypt",
      resources: [port({ port: 443, protocol: "https" }), port({ port: 443, protocol: "tcp" })],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the port is not known",
        resources: [port({ port: unknown, protocol: "http" })],
        violations: [plain],
      },
    ],
    passes: [{ name: "not known", resources: [port({ protocol: unknown })] }],
  },
  faults: [
    faults.beside(/LkeCluster$/, "linode:index/nodeBalancerConfig:NodeBalancerConfig", { protocol: "http" }),
    faults.beside(/LkeCluster$/, "linode:index/nodeBalancerConfig:NodeBalancerConfig", {
      protocol: "https",
      cipherSuite: "legacy",
    }),
  ],
};
