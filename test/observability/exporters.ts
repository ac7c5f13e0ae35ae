import type { Exporter } from "./exposition";
import { clusterExporters } from "./expositions/cluster";
import { platformExporters } from "./expositions/platform";
import { serviceExporters } from "./expositions/services";
import { storeExporters } from "./expositions/stores";

/**
 * Every exporter that dashboards and rules rely on, and what it yields: names, types and labels as the software itself writes
 * them down. (O1, O3, 000-004)
 */
export const exporters = {
  ...clusterExporters,
  ...platformExporters,
  ...storeExporters,
  ...serviceExporters,
} as const satisfies Readonly<Record<string, Exporter>>;

/** A source of metrics, by name. */
export type ExporterName = keyof typeof exporters;

/** The names of all sources of metrics. */
export const exporterNames: readonly ExporterName[] = Object.keys(exporters).filter(isExporterName);

function isExporterName(name: string): name is ExporterName {
  return name in exporters;
}
