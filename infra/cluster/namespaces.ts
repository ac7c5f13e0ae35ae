import type { Environment } from "../config/environment";
import type { SystemName } from "../config/systems";

/** Pod Security Standards, strictest last. */
export type PodSecurityLevel = "privileged" | "baseline" | "restricted";

/** One namespace, as the seeds declare it. */
export interface NamespaceDeclaration {
  readonly name: string;
  readonly system: SystemName;
  /** The environment that lives in it; `shared` for what every environment of a system uses. */
  readonly environment: Environment | "shared";
  /** The regime that auditors look for, where one applies. */
  readonly compliance?: "pci-dss";
  /** Why pods here need more than the restricted Pod Security Standard allows, and what they get. */
  readonly podSecurity?: { readonly enforce: PodSecurityLevel; readonly reason: string };
}

/** Who looks after every namespace. (000) */
export const team = "ai-platform";

/** Every namespace of the four systems. A namespace that is not here does not exist on any cluster. */
export const namespaces: readonly NamespaceDeclaration[] = [
  // Atlas: 000, "Namespace Organization"; monitoring and logging by the objects that it puts there (A9).
  { name: "atlas-ai-dev", system: "atlas", environment: "development" },
  { name: "atlas-ai-staging", system: "atlas", environment: "staging" },
  { name: "atlas-ai-production", system: "atlas", environment: "production", compliance: "pci-dss" },
  {
    name: "atlas-monitoring",
    system: "atlas",
    environment: "shared",
    podSecurity: {
      enforce: "privileged",
      reason: "node-exporter reads the node's own /proc and /sys, and listens in the node's network",
    },
  },
  {
    name: "atlas-logging",
    system: "atlas",
    environment: "shared",
    podSecurity: {
      enforce: "privileged",
      reason: "Fluent Bit reads the containers' logs from the node's /var/log",
    },
  },

  // AIaaS: 002, "Environments" (B3). On one cluster together; which of them is the stack's configuration (D3).
  { name: "development", system: "aiaas", environment: "development" },
  { name: "staging", system: "aiaas", environment: "staging" },
  { name: "production", system: "aiaas", environment: "production" },
  { name: "system", system: "aiaas", environment: "shared" },

  // 003 names no namespace; 004's deployment steps create theirs by this name.
  { name: "ai-middleware", system: "ai-middleware", environment: "shared" },
  { name: "marketresearch", system: "market-research", environment: "shared" },
];
