import type { Exporter } from "../../infra/observability/exposition";
import type { SystemObservability } from "../../infra/observability/system";
import { clusterExporters } from "./expositions/cluster";
import { platformExporters } from "./expositions/platform";
import { storeExporters } from "./expositions/stores";

/**
 * Every exporter that dashboards and rules rely on, and what it yields: names, types and labels as the software itself writes
 * them down. (O1, O3, 000-004)
 */
export function exportersOf(
  systems: readonly { readonly observability: SystemObservability }[],
): Readonly<Record<string, Exporter>> {
  return Object.assign(
    { ...clusterExporters, ...platformExporters, ...storeExporters },
    ...systems.map(({ observability }) => observability.exporters),
  );
}
