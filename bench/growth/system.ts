import { namespace } from "../../apps/market-research/namespaces";
import { Batch } from "../../apps/workload/batch";
import { Service } from "../../apps/workload/service";
import type { Site } from "../../infra/kit/site";

const resources = { requests: { cpu: "10m", memory: "64Mi" }, limits: { cpu: "20m", memory: "64Mi" } };
const image = "registry.example.com/system:1.0.0";

/** A system of four services, each of which calls the one before it, and a nightly job. */
export function createSystem(name: string, site: Site): void {
  const common = { site, namespace, image, resources };
  let last: Service | undefined;
  for (const part of ["store", "model", "api", "gateway"]) {
    last = new Service(`${name}-${part}`, {
      ...common,
      workload: `${name}-${part}`,
      priority: "serving",
      replicas: { minimum: 2, maximum: 10, cpu: 70, memory: 80 },
      ports: { http: 8000 },
      service: { ports: { http: 80 } },
      probes: {
        liveness: { path: "/health", port: "http", periodSeconds: 10 },
        readiness: { path: "/health", port: "http", periodSeconds: 5 },
      },
      metrics: { port: "http" },
      calls: last ? [last.endpoint("http")] : [],
    });
  }
  new Batch(`${name}-nightly`, {
    ...common,
    workload: `${name}-nightly`,
    schedule: "0 2 * * *",
    calls: last ? [last.endpoint("http")] : [],
  });
}
