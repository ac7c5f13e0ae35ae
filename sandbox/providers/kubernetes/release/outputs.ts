import { isDeepStrictEqual } from "node:util";
import { unknown, type Values } from "../../standin";
import { isObject } from "../json";
import type { Old } from "../old";
import type { StoredRelease } from "./stored-release";

/** What a preview knows: everything but what Helm will answer. */
export function pending(inputs: Values): Values {
  return { ...inputs, resourceNames: unknown, status: unknown };
}

export function outputsOf(inputs: Values, stored: StoredRelease): Values {
  const { name, namespace, chart, version, appVersion, revision, status } = stored;
  return {
    ...inputs,
    version,
    resourceNames: stored.resourceNames,
    status: { name, namespace, chart, version, appVersion, revision, status },
  };
}

/** Inputs of a release that Pulumi has not made. */
export function importable({ name, namespace, chart, version, values }: StoredRelease): Values {
  return { name, namespace, chart, version, values };
}

/** What somebody changed with the helm command since. */
export function drift(stored: StoredRelease, { inputs }: Old): Values {
  const given = isObject(inputs.values) ? inputs.values : {};
  return {
    ...(isDeepStrictEqual(given, stored.values) ? {} : { values: stored.values }),
    ...(typeof inputs.version === "string" && sameVersion(inputs.version, stored.version)
      ? {}
      : inputs.version !== undefined && { version: stored.version }),
  };
}

function sameVersion(one: string, other: string): boolean {
  return one.replace(/^v/, "") === other.replace(/^v/, "");
}
