import { Service, type ServiceArgs } from "../../../apps/workload/service";
import type { Site } from "../../../infra/kit/site";
import { record, type SiteChanges } from "./site";

export type Changes = Partial<Omit<ServiceArgs, "site">>;

export function build(changes: Changes = {}, site: SiteChanges = {}) {
  return record((where) => new Service("api", api(where, changes)), site);
}

export function api(site: Site, changes: Changes): ServiceArgs {
  return {
    site,
    namespace: "apps",
    workload: "api",
    image: "registry.example.com/api:v1",
    priority: "serving",
    replicas: { minimum: 3, maximum: 20, cpu: 70, memory: 80 },
    ports: { http: 8084, metrics: 9090 },
    resources: { requests: { cpu: "1", memory: "2Gi" }, limits: { cpu: "2", memory: "4Gi" } },
    probes: {
      liveness: { path: "/health", port: "http", initialDelaySeconds: 30 },
      readiness: { path: "/ready", port: "http" },
    },
    service: { name: "api-service", ports: { http: 80, metrics: 9090 } },
    metrics: { port: "metrics" },
    ...changes,
  };
}
