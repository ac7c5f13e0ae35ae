import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";

export const linodeTlsInTransit: ResourcePolicy = {
  id: "linode-tls-in-transit",
  scope: "resource",
  what: "NodeBalancers speak HTTPS by what is held to be safe, or hand on what the nodes encrypt.",
  why: "What goes over plain HTTP is read and changed on the way, tokens and cookies included.",
  severity: "high",
  standards: ["PCI-DSS 4: 4.2.1", "K6"],
  remediation: 'Set protocol to "https" with a certificate, or to "tcp" for what is encrypted already.',
  appliesTo: (type) => type === "linode:index/nodeBalancerConfig:NodeBalancerConfig",
  *validate({ properties }) {
    if (properties === unknown) return;
    const protocol = at(properties, "protocol") ?? "http";
    if (protocol === "http") yield 'protocol is http: set "https".';
    if (at(properties, "cipherSuite") === "legacy") yield 'cipherSuite is legacy: set "recommended".';
  },
};
