import { exceptions, namesOf } from "../exemptions/exceptions";
import type { Exception } from "../exemptions/granted";
import type { ResourcePolicy } from "../policy";
import { secretObjectIn } from "../secrets/manifests";
import { secretIn } from "../secrets/secrets";
import { at, isObject, unknown, type Value } from "../value";
import { chartNameOf } from "./chart-name";
import { isRelease } from "./releases";

interface Configuration {
  readonly unavoidable: readonly Exception[];
}

export const helmNoSecretValues: ResourcePolicy<Configuration> = {
  id: "helm-no-secret-values",
  scope: "resource",
  what: "Values of Helm releases hold no secret in clear.",
  why: "Helm keeps the values of every revision, and charts put them into ConfigMaps, arguments and notes.",
  severity: "critical",
  standards: ["PCI-DSS 4: 8.6.2", "K7"],
  remediation: "Put the value into a Secret, and name it by the chart's value for an existing one.",
  configuration: {
    unavoidable: exceptions(
      "Secrets that a chart takes in no other way, as `<chart> <path>`, such as `harbor values.database.internal.password`.",
    ),
  },
  appliesTo: isRelease,
  *validate({ properties }, { unavoidable }) {
    const chart = chartNameOf(properties);
    for (const { path, found } of secretsIn(at(properties, "values"), "values", "")) {
      if (namesOf(unavoidable).some((one) => isAbout(one, chart, path))) continue;
      yield `${path} is or holds ${found}: name a Secret instead.`;
    }
  },
};

interface Secret {
  readonly path: string;
  readonly found: string;
}

function isAbout(unavoidable: string, chart: Value | undefined, path: string): boolean {
  const [of, at] = unavoidable.split(" ");
  return at === path && (chart === unknown || of === chart);
}

function* secretsIn(value: Value | undefined, path: string, name: string): Iterable<Secret> {
  if (value === unknown) return;
  if (typeof value === "string" || typeof value === "number") {
    const found = secretIn(name, value);
    if (found !== undefined) yield { path, found };
  } else if (Array.isArray(value)) {
    const list: readonly Value[] = value;
    for (const [index, item] of list.entries()) {
      // A container's variable has its name next to its value.
      const variable = at(item, "name");
      const text = at(item, "value");
      if (typeof variable === "string" && (typeof text === "string" || typeof text === "number")) {
        yield* secretsIn(text, `${path}[${index}].value`, variable);
      } else {
        yield* secretsIn(item, `${path}[${index}]`, "");
      }
    }
  } else if (isObject(value)) {
    const found = secretObjectIn(value);
    if (found !== undefined) {
      yield { path, found };
      return;
    }
    for (const [key, item] of Object.entries(value)) yield* secretsIn(item, `${path}.${key}`, key);
  }
}
