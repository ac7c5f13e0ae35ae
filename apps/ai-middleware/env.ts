import { mongodbAuthorityPath } from "../../infra/data/mongodb";
import { internet } from "../../infra/network/edge";
import { existingSecret } from "../../infra/secrets/existing-secret";
import { type ContainerArgs, fromSecret } from "../workload/container";
import type { Mount } from "../workload/mounts";
import type { Target, WorkloadArgs } from "../workload/workload";
import { type AiMiddlewareContext, apiPort, environmentNames } from "./context";
import { filesAccess } from "./files";
import { queueName } from "./rabbitmq";

/** Hosts of the AI providers, and of Atatus' agents. (M3, 003) */
const outsideHosts = [
  "api.openai.com",
  "api.anthropic.com",
  "generativelanguage.googleapis.com",
  "api.groq.com",
  "api.mistral.ai",
  "openrouter.ai",
  "apm-rx.atatus.com",
] as const;

/** The variables that every container of the middleware must have, by 003's names; those of three providers it does not name. */
export function variables({
  site,
  namespace,
  secrets,
}: AiMiddlewareContext): NonNullable<ContainerArgs["environment"]> {
  const encryption = site.secrets.provide(namespace, "ai-middleware-encryption");
  return {
    ENVIRONMENT: environmentNames[site.environment],
    PORT: String(apiPort),
    MONGODB_CONNECTION_URI: fromSecret(secrets, "mongodb-uri"),
    TIMESCALE_SERVICE_URL: fromSecret(secrets, "timescale-uri"),
    REDIS_URI: fromSecret(secrets, "redis-uri"),
    OPENAI_API_KEY: fromSecret(secrets, "openai-key"),
    ANTHROPIC_API_KEY: fromSecret(secrets, "anthropic-key"),
    GOOGLE_API_KEY: fromSecret(secrets, "google-key"),
    GROQ_API_KEY: fromSecret(secrets, "groq-key"),
    MISTRAL_API_KEY: fromSecret(secrets, "mistral-key"),
    OPENROUTER_API_KEY: fromSecret(secrets, "openrouter-key"),
    QUEUE_CONNECTIONURL: fromSecret(secrets, "rabbitmq-uri"),
    QUEUE_NAME: queueName,
    PREFETCH_COUNT: "10",
    JWT_TOKEN_SECRET: fromSecret(secrets, "jwt-token-secret"),
    ENCRYPTION_KEY: fromSecret(encryption, "encryption-key"),
    ATATUS_LICENSE_KEY: fromSecret(secrets, "atatus-license-key"),
    MAX_WORKERS: "4",
    ...filesAccess(site).environment,
  };
}

/**
 * What makes MongoDB's members trustworthy. The key that is beside it in the Secret is theirs alone. The Secret is made once the
 * store is asked for, so that comes first.
 */
export function mongodbAuthority({
  namespace,
  documents,
}: AiMiddlewareContext): Pick<WorkloadArgs, "mounts" | "after"> {
  const split = mongodbAuthorityPath.lastIndexOf("/");
  const authority: Mount = {
    kind: "secret",
    path: mongodbAuthorityPath.slice(0, split),
    secret: existingSecret({ namespace, name: documents.authority, keys: ["ca.crt"] }),
    items: { [mongodbAuthorityPath.slice(split + 1)]: "ca.crt" },
  };
  return { mounts: [authority], after: [documents.resource] };
}

/** The only targets of the middleware: its stores, its files, the providers and Atatus. (M3, 003) */
export function targets({
  site,
  documents,
  timeSeries,
  redis,
  rabbitmq,
}: AiMiddlewareContext): readonly Target[] {
  return [
    documents.endpoints.members,
    timeSeries.endpoints.pooled,
    redis.endpoints.members,
    rabbitmq.endpoints.amqp,
    ...filesAccess(site).calls,
    { party: internet(...outsideHosts), ports: [443] },
  ];
}
