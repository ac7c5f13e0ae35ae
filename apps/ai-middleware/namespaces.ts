import type { SystemNamespace } from "../../infra/cluster/namespaces";

/** The one namespace of the AI Middleware: 003 names none. */
export const namespace = "ai-middleware";

/** The AI Middleware's namespaces. */
export const namespaces: readonly SystemNamespace[] = [{ name: namespace, environment: "shared" }];
