import type { Labels, ServicePort } from "../../facts/object";
import type { Made } from "../parts/made";
import { port, service } from "../parts/service";
import type { Budget, CommonSpec } from "./spec";

interface ServicesOptions {
  readonly name: string;
  readonly spec: CommonSpec;
  readonly labels: Labels;
  /** Labels that never change. */
  readonly stable: Labels;
  readonly client: ServicePort;
}

/** Services of one kind of servers: the plain one, headless, `-additional` and metrics. */
export function services({ name, spec, labels, stable, client }: ServicesOptions): readonly Made[] {
  const { redisExporter, kubernetesConfig } = spec;
  const metrics = redisExporter?.enabled ? [port("redis-exporter", redisExporter.port)] : [];
  const common = { labels, selector: labels };
  const { serviceType: type, additional } = kubernetesConfig.service ?? {};
  return [
    service({ ...common, name, ports: [client, ...metrics] }),
    ...(additional?.enabled === false
      ? []
      : [service({ ...common, name: `${name}-additional`, ports: [client], type })]),
    service({ ...common, name: `${name}-headless`, ports: [client], headless: true }),
    ...(metrics.length === 0
      ? []
      : [
          service({
            name: `${name}-metrics`,
            labels: { ...stable, "app.kubernetes.io/component": "metrics" },
            selector: stable,
            ports: metrics,
          }),
        ]),
  ];
}

/** Labels of redis-operator: the custom resource's and its own. */
export function stableLabels(app: string, setup: string, role: string): Labels {
  return { app, redis_setup_type: setup, role };
}

interface BudgetOptions {
  readonly name: string;
  readonly labels: Labels;
  readonly selector: Labels;
  readonly budget: Budget;
  /** Number of servers. */
  readonly size: number;
}

/** A budget, where the custom resource wants one; without figures it keeps a quorum. */
export function budgetOf({ name, labels, selector, budget, size }: BudgetOptions): readonly Made[] {
  if (!budget?.enabled) return [];
  const { maxUnavailable, minAvailable = Math.floor(size / 2) + 1 } = budget;
  return [
    {
      kind: "PodDisruptionBudget",
      name,
      labels: { ...labels },
      selector: { ...selector },
      ...(maxUnavailable === undefined ? { minAvailable } : { maxUnavailable }),
    },
  ];
}
