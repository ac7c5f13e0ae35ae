import { join } from "node:path";
import { defineSystem } from "../../infra/systems/definition";
import { Atlas } from ".";
import { grants } from "./buckets";
import { host, section } from "./configuration";
import { namespaces } from "./namespaces";
import { observability } from "./observability";
import { backups } from "./recovery";

/** Atlas Financial's AI services. (000, 001) */
export const atlas = defineSystem({
  name: "atlas",
  title: "Atlas",
  section,
  secrets: join(__dirname, "secrets"),
  host,
  // WebSockets, past the ingress. (A5, 001)
  loadBalancerHosts: ["market-data"],
  namespaces,
  workloads: {
    "ab-testing": {},
    "ai-engine": {},
    "ai-orchestrator": {},
    "anonymised-data": { onlyIn: "staging" },
    "data-anonymiser": { onlyIn: "production" },
    "market-data": {},
    "ml-pipeline": {},
    "model-repository-sync": { ownImage: false },
    "model-serving-gpu": { ownImage: false },
    "sample-data": { onlyIn: "development" },
  },
  stores: ["kafka", "redis", "postgresql", "qdrant"],
  backups,
  grants,
  models: ["triton"],
  logs: { elasticsearch: { index: "atlas-ai", files: "*_atlas-ai-*" } },
  // As 000 names them.
  gitops: { project: "atlas-financial", application: "atlas-ai-services", folder: "ai-services" },
  houses: ["public-hosts", "model-registry"],
  observability,
  create: (args) => new Atlas("atlas", args),
});
