import { z } from "zod";
import { cloudNames } from "../cluster/cloud";
import type { Fault } from "./fault";

/** A stack file's own keys, with every cluster where it belongs, and what is to be written otherwise. */
interface Moved {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly faults: readonly Fault[];
}

/**
 * Stack files had one section for each cloud (`ai-platform:aws`) before clusters had names. Each is told where its keys belong,
 * and judged as if it stood there: its other faults are told too.
 */
export function fromOldForm(raw: Readonly<Record<string, unknown>>): Moved {
  const old = cloudNames.filter((cloud) => raw[cloud] !== undefined);
  if (old.length === 0) return { raw, faults: [] };
  const others = Object.fromEntries(
    Object.entries(raw).filter(([key]) => !old.some((cloud) => cloud === key)),
  );
  const moved = old.map((cloud) => [cloud, { cloud, ...section(raw[cloud]) }]);
  return {
    raw: { ...others, clusters: { ...Object.fromEntries(moved), ...section(raw.clusters) } },
    faults: old.map((cloud) => ({
      path: [cloud],
      found: "a section for the cloud",
      problem:
        "clusters have names, and a stack any number of them; called by its cloud as before, this one keeps its resources",
      allowed: `its keys below ai-platform:clusters.${cloud}, with \`cloud: ${cloud}\``,
      example: `ai-platform:clusters: { ${cloud}: { cloud: ${cloud}, ${Object.keys(section(raw[cloud]))[0] ?? "..."}: ... } }`,
    })),
  };
}

function section(value: unknown): Readonly<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).catch({}).parse(value);
}
