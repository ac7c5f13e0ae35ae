import type { ToolName } from "./tools";

/** Versions that the sandbox is built from and tested with. A changed version needs the module's go.mod changed too. */
export const versions = {
  /** The last CLI that starts policy packs of TypeScript without a language host beside it, which is no Go module to build. */
  pulumi: "3.260.0",
  kubernetes: "1.35.4",
  etcd: "3.6.5",
  kwok: "0.8.0",
  helm: "3.22.0",
  /** The Prometheus that the clusters run, {@link prometheusRelease}, as its Go module is numbered. */
  promtool: "0.314.0",
  actionlint: "1.7.12",
} as const;

/** What promtool says of itself. */
export const prometheusRelease = "3.14.0";

/** `1.35` of `1.35.4`. */
export function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

export function pinnedVersion(tool: ToolName): string {
  switch (tool) {
    case "kubectl":
    case "kube-apiserver":
    case "kube-controller-manager":
    case "kube-scheduler":
      return versions.kubernetes;
    default:
      return versions[tool];
  }
}
