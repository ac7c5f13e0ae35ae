import type { Values } from "../standin";
import { at, isObject, type Json, type JsonObject } from "./json";
import { withoutServerSide } from "./manifest";
import { ruleFor } from "./readiness/rules";

/** What an object lacks to be ready, as far as it tells by itself; undefined when it lacks nothing. */
export function shortcomingOf(live: JsonObject): string | undefined {
  const rule = ruleFor(live);
  if (rule === undefined || rule.needs !== undefined) {
    return undefined;
  }
  const readiness = rule.judge(live, { inNamespace: () => [], everywhere: () => [] }, 0);
  switch (readiness.state) {
    case "ready":
      return undefined;
    case "waiting":
      return readiness.missing;
    case "failed":
      return readiness.reason;
  }
}

export function resourceVersionOf(outputs: Values): Json | undefined {
  const { metadata } = outputs;
  return isObject(metadata) ? metadata.resourceVersion : undefined;
}

/** Inputs for an object that Pulumi has not made: all that its owner could have written. */
export function importedInputs(live: JsonObject): Values {
  const { apiVersion, kind, metadata, ...rest } = withoutServerSide(live);
  const kept = ["name", "namespace", "labels", "annotations"].flatMap((key) => {
    const value = at(metadata, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return { apiVersion: apiVersion ?? null, kind: kind ?? null, metadata: Object.fromEntries(kept), ...rest };
}
