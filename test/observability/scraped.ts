import { systems } from "../../apps/registry";
import type { Exporter } from "../../infra/observability/exposition";
import type { RecordedObject } from "../support/recorded/objects";
import type { Recording } from "../support/recorded/services";
import { exportersOf } from "./exporters";

/** Every exporter, by name. */
export const exporters = exportersOf(systems);

/** The exporters that Prometheus reads on a recorded cluster. */
export function scrapedOn(recording: Recording): readonly string[] {
  const monitors = ["ServiceMonitor", "PodMonitor"].flatMap((kind) => recording.ofKind(kind));
  return Object.entries(exporters).flatMap(([name, exporter]) =>
    isScraped(exporter, recording, monitors) ? [name] : [],
  );
}

function isScraped(
  { scrape }: Exporter,
  { ofKind }: Recording,
  monitors: readonly RecordedObject[],
): boolean {
  if ("release" in scrape) {
    const release = ofKind("Release").find(({ name }) => name === scrape.release);
    if (release === undefined || scrape.when === undefined) return release !== undefined;
    return valueAt(release.inputs, "values", ...scrape.when.split(".")) === true;
  }
  return monitors.some(({ inputs }) => {
    const selected = valueAt(inputs, "spec", "selector", "matchLabels", scrape.selects);
    const { value = selected, ending = "" } = scrape;
    return typeof selected === "string" && selected === value && selected.endsWith(ending);
  });
}

function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (outer, key) =>
      typeof outer === "object" && outer !== null
        ? Object.entries(outer).find(([name]) => name === key)?.[1]
        : undefined,
    value,
  );
}
