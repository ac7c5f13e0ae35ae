import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Value, type Values } from "../value";
import { linodeIngressDeclared } from "./ingress-declared";

function firewall(inbounds: readonly Value[], properties: Values = {}): Sample {
  return {
    type: "linode:index/firewall:Firewall",
    properties: { label: "nodes", inboundPolicy: "DROP", outboundPolicy: "ACCEPT", inbounds, ...properties },
  };
}

const ssh = { label: "ssh", action: "ACCEPT", protocol: "TCP", ports: "22", ipv4s: ["0.0.0.0/0"] };
const web = { ...ssh, label: "web", ports: "80, 443", ipv6s: ["::/0"] };

function open(which: string, declared = "none"): string {
  return `sample: inbounds[0]: 0.0.0.0/0 may reach ${which}: narrow the range, or declare the port in allowedPorts (now ${declared}).`;
}

export const linodeIngressDeclaredCases: Cases = {
  policy: linodeIngressDeclared,
  catches: [
    { name: "a port open to everyone", resources: [firewall([ssh])], violations: [open("ports 22")] },
    {
      name: "open by IPv6",
      resources: [firewall([{ ...ssh, ipv4s: ["10.0.0.0/8"], ipv6s: ["::/0"] }])],
      violations: [open("ports 22").replace("0.0.0.0/0", "::/0")],
    },
    {
      name: "whatever no rule drops is let in",
      resources: [firewall([], { inboundPolicy: "ACCEPT" })],
      violations: ['sample: inboundPolicy is "ACCEPT", which lets in whatever no rule drops: set "DROP".'],
    },
    {
      name: "one port more than declared",
      configuration: { allowedPorts: [80, 443] },
      resources: [firewall([{ ...web, ports: "80,443,8000-8001" }])],
      violations: [open("ports 80,443,8000-8001", "80, 443")],
    },
    {
      name: "no ports given, which means all",
      configuration: { allowedPorts: [80, 443] },
      resources: [firewall([{ ...ssh, ports: null }])],
      violations: [open("every port", "80, 443")],
    },

    {
      name: "the internet in two halves",
      resources: [firewall([{ ...ssh, ipv4s: ["0.0.0.0/1", "128.0.0.0/1"] }])],
      violations: [
        "sample: inbounds[0]: 0.0.0.0/1 may reach ports 22: narrow the range, or declare the port in allowedPorts (now none).",
      ],
    },
    {
      name: "rules that are switched off",
      resources: [firewall([], { disabled: true })],
      violations: ["sample: disabled is true, and then no rule counts: remove it."],
    },
    {
      name: "rules that let in the internet together",
      resources: [
        {
          type: "linode:index/firewall:Firewall",
          properties: {
            inboundPolicy: "DROP",
            inbounds: ["16.0.0.0/5", "24.0.0.0/5"].map((range) => ({
              action: "ACCEPT",
              protocol: "TCP",
              ports: "22",
              ipv4s: [range],
            })),
          },
        },
      ],
      violations: [
        "sample: inbounds: 16.0.0.0/5 with 24.0.0.0/5 may together reach the same port: narrow the ranges.",
      ],
    },
  ],
  passes: [
    { name: "named ranges", resources: [firewall([{ ...ssh, ipv4s: ["203.0.113.0/24"] }])] },
    {
      name: "ports that the stack declares",
      configuration: { allowedPorts: [80, 443] },
      resources: [firewall([web])],
    },
    { name: "a rule that drops", resources: [firewall([{ ...ssh, action: "DROP" }])] },
  ],
  withUnknowns: {
    catches: [
      {
        name: "one range is not known, another is everything",
        resources: [firewall([{ ...ssh, ipv4s: [unknown, "0.0.0.0/0"] }])],
        violations: [open("ports 22")],
      },
      {
        name: "the port is not known, but none is declared",
        resources: [firewall([{ ...ssh, ports: unknown }])],
        violations: [open("ports not yet known")],
      },
    ],
    passes: [
      { name: "the rules are not known", resources: [firewall([], { inbounds: unknown })] },
      {
        name: "the port may turn out to be declared",
        configuration: { allowedPorts: [443] },
        resources: [firewall([{ ...ssh, ports: unknown }])],
      },
    ],
  },
  faults: [
    faults.set(/:Firewall$/, "inbounds[].ipv4s", ["0.0.0.0/1", "128.0.0.0/1"]),
    faults.set(/:Firewall$/, "inboundPolicy", "ACCEPT"),
    faults.set(/:Firewall$/, "inbounds[].ipv4s", ["0.0.0.0/0"]),
  ],
};
