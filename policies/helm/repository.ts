import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";
import { isRelease } from "./releases";

interface Configuration {
  readonly repositories: readonly string[];
}

export const helmRepository: ResourcePolicy<Configuration> = {
  id: "helm-repository",
  scope: "resource",
  what: "Charts come from repositories that the stack names.",
  why: "A chart may make anything in the cluster; who writes it is as good as an administrator.",
  severity: "high",
  standards: ["PCI-DSS 4: 6.3.2", "K7"],
  remediation: "Take the chart from one of the policy's repositories, or add its repository there.",
  configuration: {
    repositories: {
      type: "array",
      items: { type: "string" },
      default: [],
      description:
        "Beginnings of addresses that charts may come from, such as `https://charts.example.com` or `oci://ghcr.io/nginx`. None named: any.",
    },
  },
  appliesTo: isRelease,
  *validate({ properties }, { repositories }) {
    if (repositories.length === 0) return;
    const chart = at(properties, "chart");
    const options = at(properties, "repositoryOpts");
    const repository = options === unknown ? unknown : at(options, "repo");
    const address = typeof chart === "string" && /^(oci|https?):/.test(chart) ? chart : repository;
    if (chart === unknown || typeof address !== "string") return;
    const isNamed = repositories.some((one) => `${trimmed(address)}/`.startsWith(`${trimmed(one)}/`));
    if (!isNamed) yield `${address} is none of ${repositories.join(", ")}.`;
  },
};

function trimmed(address: string): string {
  return address.replace(/\/+$/, "");
}
