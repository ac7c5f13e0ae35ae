import { namespaceAmong, type SystemNamespace } from "../../infra/cluster/namespaces";
import type { Environment } from "../../infra/config/environment";

/** Atlas' namespaces: 000, "Namespace Organization"; monitoring and logging by the objects that it puts there. (A9) */
export const namespaces: readonly SystemNamespace[] = [
  { name: "atlas-ai-dev", environment: "development", loadBalanced: true },
  { name: "atlas-ai-staging", environment: "staging", loadBalanced: true },
  { name: "atlas-ai-production", environment: "production", compliance: "pci-dss", loadBalanced: true },
  { name: "atlas-monitoring", environment: "shared", concern: "monitoring" },
  { name: "atlas-logging", environment: "shared", concern: "logging" },
];

/** The namespace of Atlas' AI services in an environment. */
export function namespaceIn(environment: Environment): string {
  return namespaceAmong(namespaces, environment, "atlas");
}
