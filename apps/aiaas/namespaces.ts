import { namespaceAmong, type SystemNamespace } from "../../infra/cluster/namespaces";
import type { Environment } from "../../infra/config/environment";

/** AIaaS' namespaces: 002, "Environments". On one cluster together; which of them is the stack's configuration. (B3, D3) */
export const namespaces: readonly SystemNamespace[] = [
  { name: "development", environment: "development" },
  { name: "staging", environment: "staging" },
  { name: "production", environment: "production" },
  { name: "system", environment: "shared" },
];

/** The namespace of AIaaS' services in an environment, or of what all environments share. */
export function namespaceIn(environment: Environment | "shared"): string {
  return namespaceAmong(namespaces, environment, "aiaas");
}
