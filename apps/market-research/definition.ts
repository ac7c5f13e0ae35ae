import { join } from "node:path";
import { defineSystem } from "../../infra/systems/definition";
import { MarketResearch } from ".";
import { grants, models } from "./buckets";
import { host, section } from "./configuration";
import { namespaces } from "./namespaces";
import { observability } from "./observability";

/** MarketResearchAI. (004) */
export const marketResearch = defineSystem({
  name: "market-research",
  title: "MarketResearchAI",
  section,
  secrets: join(__dirname, "secrets"),
  host,
  namespaces,
  workloads: {
    "documents-sync": { ownImage: false },
    embedder: {},
    "inference-api": {},
    "model-sync": { ownImage: false },
    "model-training": { cards: true },
    "ner-service": {},
  },
  grants,
  models,
  logs: { fields: ["timestamp", "service", "level", "message", "request_id"] },
  observability,
  create: (args) => new MarketResearch("market-research", args),
});
