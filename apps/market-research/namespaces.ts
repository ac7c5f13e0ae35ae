import type { SystemNamespace } from "../../infra/cluster/namespaces";

/** The one namespace of MarketResearchAI: 004's deployment steps create it by this name. */
export const namespace = "marketresearch";

/** MarketResearchAI's namespaces. */
export const namespaces: readonly SystemNamespace[] = [{ name: namespace, environment: "shared" }];
