import { join } from "node:path";
import { defineSystem } from "../../infra/systems/definition";
import { AiMiddleware } from ".";
import { host, section } from "./configuration";
import { filesFolder } from "./files";
import { namespace, namespaces } from "./namespaces";
import { observability } from "./observability";
import { backups } from "./recovery";

/** The AI Middleware. (003) */
export const aiMiddleware = defineSystem({
  name: "ai-middleware",
  title: "AI Middleware",
  section,
  secrets: join(__dirname, "secrets"),
  host,
  namespaces,
  workloads: {
    "ai-middleware": {},
    // It runs the API's image.
    "ai-middleware-worker": { ownImage: false },
  },
  stores: ["rabbitmq", "redis", "postgresql", "mongodb"],
  backups,
  grants: () =>
    ["ai-middleware", "ai-middleware-worker"].map((serviceAccount) => ({
      serviceAccount,
      namespace,
      bucket: "data",
      access: "rotate",
      folder: filesFolder,
    })),
  logs: { elasticsearch: { index: "ai-middleware", files: "*_ai-middleware_*" } },
  observability,
  create: (args) => new AiMiddleware("ai-middleware", args),
});
