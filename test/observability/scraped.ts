import type { RecordedObject } from "../support/recorded/objects";
import type { Recording } from "../support/recorded/services";
import { type ExporterName, exporterNames, exporters } from "./exporters";
import type { Exporter } from "./exposition";

/** The exporters that Prometheus reads on a recorded cluster. */
export function scrapedOn(recording: Recording): readonly ExporterName[] {
  const monitors = ["ServiceMonitor", "PodMonitor"].flatMap((kind) => recording.ofKind(kind));
  return exporterNames.filter((name) => isScraped(exporters[name], recording, monitors));
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
    return selected !== undefined && (scrape.value === undefined || scrape.value === selected);
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
