import { join } from "node:path";
import { defineSystem } from "../../infra/systems/definition";
import { Aiaas } from ".";
import { host, section } from "./configuration";
import { namespaces } from "./namespaces";
import { observability } from "./observability";
import { backups } from "./recovery";

/** The AIaaS platform. (002) */
export const aiaas = defineSystem({
  name: "aiaas",
  title: "AIaaS",
  section,
  secrets: join(__dirname, "secrets"),
  host,
  namespaces,
  workloads: {
    analytics: {},
    "api-router": {},
    "user-organization": { managedDatabase: true },
    vllm: { ownImage: false },
  },
  stores: ["rabbitmq", "redis", "postgresql"],
  backups,
  observability,
  create: (args) => new Aiaas("aiaas", args),
});
