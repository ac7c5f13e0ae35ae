import type { CheckFailure, Value, Values } from "../../standin";
import { holdsUnknown, isObject, type JsonObject, toJson } from "../json";

/** A Release's inputs that this provider carries out, in Helm's words. */
export interface ReleaseInputs {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version: string | undefined;
  readonly repository: Repository | undefined;
  readonly values: JsonObject;
  /** Seconds that Helm may take for each step. */
  readonly timeout: number;
  /** Options of `helm upgrade --install` that are on. */
  readonly flags: readonly string[];
}

export interface Repository {
  readonly url: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/** Switches of a Release and Helm's flags for them. */
const switches: Readonly<Record<string, string>> = {
  atomic: "--atomic",
  cleanupOnFail: "--cleanup-on-fail",
  createNamespace: "--create-namespace",
  dependencyUpdate: "--dependency-update",
  devel: "--devel",
  disableOpenapiValidation: "--disable-openapi-validation",
  disableWebhooks: "--no-hooks",
  forceUpdate: "--force",
  renderSubchartNotes: "--render-subchart-notes",
  resetValues: "--reset-values",
  reuseValues: "--reuse-values",
  skipCrds: "--skip-crds",
  takeOwnership: "--take-ownership",
  waitForJobs: "--wait-for-jobs",
};

const others = [
  "name",
  "namespace",
  "chart",
  "version",
  "repositoryOpts",
  "values",
  "timeout",
  "skipAwait",
  "maxHistory",
  "description",
  // Set by the SDK itself.
  "compat",
];

const defaultTimeoutSeconds = 300;

export function releaseFailures(inputs: Values): readonly CheckFailure[] {
  const known = [...Object.keys(switches), ...others];
  const unsupported = Object.keys(inputs)
    .filter((key) => !known.includes(key))
    .map((property) => ({
      property,
      reason: `the sandbox's Helm releases do not offer ${property}; they know ${known.filter((key) => key !== "compat").join(", ")}`,
    }));
  const required =
    inputs.chart === undefined || inputs.chart === ""
      ? [
          {
            property: "chart",
            reason: 'chart is missing: a chart\'s name ("redis"), folder, archive or oci:// address',
          },
        ]
      : [];
  return [...unsupported, ...required];
}

/** Reads fully known inputs. */
export function parseRelease(inputs: Values): ReleaseInputs {
  const repositoryOptions = inputs.repositoryOpts;
  const option = (key: string): string | undefined =>
    isObject(repositoryOptions) ? text(repositoryOptions[key]) : undefined;
  const url = option("repo");
  const values = inputs.values === undefined ? {} : toJson(inputs.values);
  return {
    name: text(inputs.name) ?? "",
    namespace: text(inputs.namespace) ?? "default",
    chart: text(inputs.chart) ?? "",
    version: text(inputs.version),
    repository:
      url === undefined ? undefined : { url, username: option("username"), password: option("password") },
    values: isObject(values) ? values : {},
    timeout:
      typeof inputs.timeout === "number" && inputs.timeout > 0 ? inputs.timeout : defaultTimeoutSeconds,
    flags: [
      ...Object.entries(switches).flatMap(([key, flag]) => (inputs[key] === true ? [flag] : [])),
      ...(inputs.skipAwait === true ? [] : ["--wait"]),
      ...(typeof inputs.maxHistory === "number" ? ["--history-max", String(inputs.maxHistory)] : []),
      ...(typeof inputs.description === "string" ? ["--description", inputs.description] : []),
    ],
  };
}

export function isKnown(inputs: Values): boolean {
  return !holdsUnknown(inputs);
}

function text(value: Value | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
