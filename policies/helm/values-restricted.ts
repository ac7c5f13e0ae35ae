import { allowedAdditions, excessOf } from "../containers/rights";
import { everywhere } from "../everywhere";
import { exceptions, namesOf } from "../exemptions/exceptions";
import type { Exception } from "../exemptions/granted";
import type { ResourcePolicy } from "../policy";
import { at, unknown, type Value } from "../value";
import { chartNameOf } from "./chart-name";
import { isRelease } from "./releases";

interface Configuration {
  readonly allowedAdditions: readonly string[];
  readonly needed: readonly Exception[];
}

export const helmValuesRestricted: ResourcePolicy<Configuration> = {
  id: "helm-values-restricted",
  scope: "resource",
  what: "Values of Helm releases make no container privileged, and give none a namespace or a path of its node.",
  why: "One value opens the node to a chart's pods, and no manifest of the stack shows it.",
  severity: "high",
  standards: ["Pod Security Standards: baseline", "K1", "K7"],
  remediation:
    "Remove privileged, allowPrivilegeEscalation, hostNetwork, hostPID, hostIPC, hostPath and added capabilities from the values, or declare in needed why the chart cannot do without.",
  configuration: {
    allowedAdditions,
    needed: exceptions(
      "Values that a chart needs, as `<chart> <path>` of the value or of what holds it, such as `fluent-bit values.daemonSetVolumes`.",
    ),
  },
  appliesTo: isRelease,
  *validate({ properties }, { allowedAdditions: allowed, needed }) {
    const chart = chartNameOf(properties);
    const names = namesOf(needed);
    for (const { path, value } of everywhere(at(properties, "values") ?? null)) {
      const found = foundIn(path, value, allowed);
      if (found === undefined || names.some((name) => isAbout(name, chart, `values.${path}`))) continue;
      yield `values.${path} ${found}: remove it.`;
    }
  },
};

const privilege = /securityContext\.(privileged|allowPrivilegeEscalation)$/i;
const sharing = /(^|\.)(use)?host(Network|PID|IPC)(\.enabled)?$/;
const mount = /(^|\.)\w*[vV]olumes\[\d+\]\.hostPath\.path$/;

/** What a value gives away; undefined for anything that can mean something else. */
function foundIn(path: string, value: Value, allowed: readonly string[]): string | undefined {
  if (value === true && privilege.test(path)) return "is true, so the container may become root of its node";
  if (value === true && sharing.test(path)) return "is true, so the pod shares it with its node";
  if (typeof value === "string" && mount.test(path)) return `is ${value}, a path of the node`;
  if (!Array.isArray(value) || !/securityContext\.capabilities\.add$/i.test(path)) return undefined;
  const added = excessOf(value, allowed);
  return added.length > 0 ? `adds ${added.join(", ")}` : undefined;
}

/** Whether an exception is for a value of the chart, or may be. */
function isAbout(name: string, chart: Value | undefined, path: string): boolean {
  const [of, place = ""] = name.split(" ");
  if (chart !== unknown && of !== chart) return false;
  return path === place || [".", "["].some((next) => path.startsWith(place + next));
}
