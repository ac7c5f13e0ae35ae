import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import { messageOf } from "../../../cli/errors";
import { type CheckFailure, type Difference, unknown, type Value, type Values } from "../standin";
import { changesBetween, describe } from "./compare";
import { emptyKubeConfig } from "./kube-config";

/** A provider's settings after parsing; see the official provider's documentation for each. */
export interface Configuration {
  readonly kubeConfig: KubeConfig;
  /** Namespace of objects that name none. */
  readonly namespace: string | undefined;
  readonly enableConfigMapMutable: boolean;
  readonly enableSecretMutable: boolean;
  readonly enablePatchForce: boolean;
  readonly upsertExistingObjects: boolean;
  readonly deleteUnreachable: boolean;
  readonly skipUpdateUnreachable: boolean;
}

const texts = ["kubeconfig", "context", "cluster", "clusterIdentifier", "namespace"] as const;
const switches = [
  "enableServerSideApply",
  "enableConfigMapMutable",
  "enableSecretMutable",
  "enablePatchForce",
  "upsertExistingObjects",
  "deleteUnreachable",
  "skipUpdateUnreachable",
  "suppressDeprecationWarnings",
  "suppressHelmHookWarnings",
] as const;
/** Settings of the real provider that mean nothing here and do no harm: request rates and where Helm keeps files. */
const ignored = ["version", "pluginDownloadURL", "kubeClientSettings", "helmReleaseSettings"];

/** Every fault of a provider's settings. */
export function configurationFailures(inputs: Values): readonly CheckFailure[] {
  const known: readonly string[] = [...texts, ...switches, ...ignored];
  const unsupported = Object.keys(inputs)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      property: key,
      reason: `the sandbox's kubernetes provider does not offer ${key}; it knows ${[...texts, ...switches].join(", ")}`,
    }));
  const notText = texts
    .filter((key) => !["string", "undefined", "symbol"].includes(typeof inputs[key]))
    .map((key) => ({ property: key, reason: `${key} must be a string` }));
  const notSwitch = switches
    .filter((key) => !["true", "false", undefined, unknown].some((allowed) => text(inputs[key]) === allowed))
    .map((key) => ({ property: key, reason: `${key} must be true or false` }));
  const clientSide =
    text(inputs.enableServerSideApply) === "false"
      ? [
          {
            property: "enableServerSideApply",
            reason: "the sandbox's kubernetes provider always uses server-side apply; leave the setting out",
          },
        ]
      : [];
  return [...unsupported, ...notText, ...notSwitch, ...clientSide, ...kubeconfigFailures(inputs)];
}

function kubeconfigFailures(inputs: Values): readonly CheckFailure[] {
  if (typeof inputs.kubeconfig !== "string" || texts.some((key) => inputs[key] === unknown)) {
    return [];
  }
  try {
    loadKubeConfig(inputs);
    return [];
  } catch (error) {
    return [{ property: "kubeconfig", reason: messageOf(error) }];
  }
}

/** With a cluster identifier only its change is another cluster; else what the kubeconfig points at decides. */
export function configurationDifference(oldInputs: Values, newInputs: Values): Difference {
  const changes = changesBetween(oldInputs, newInputs).filter(({ path }) => path[0] !== "version");
  const isOther = isOtherCluster(oldInputs, newInputs);
  const replacing: readonly (string | number | undefined)[] = isOther
    ? ["clusterIdentifier", "kubeconfig", "context", "cluster"]
    : [];
  return {
    differences: changes.map((change) => ({
      path: describe(change),
      kind: change.kind,
      replace: replacing.includes(change.path[0]),
    })),
  };
}

function isOtherCluster(oldInputs: Values, newInputs: Values): boolean {
  const before = oldInputs.clusterIdentifier;
  const after = newInputs.clusterIdentifier;
  if (before !== undefined && after !== undefined) {
    return before !== after || after === unknown;
  }
  if ([newInputs.kubeconfig, newInputs.context, newInputs.cluster].includes(unknown)) {
    return true;
  }
  try {
    const [one, other] = [loadKubeConfig(oldInputs), loadKubeConfig(newInputs)].map((config) =>
      config.getCurrentCluster(),
    );
    return one?.server !== other?.server || one?.caData !== other?.caData;
  } catch {
    // An earlier kubeconfig that cannot be read any more says nothing about which cluster it was.
    return false;
  }
}

export function parseConfiguration(inputs: Values): Configuration {
  const failures = configurationFailures(inputs);
  if (failures.length > 0) {
    throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
  }
  const isOn = (key: (typeof switches)[number], variable?: string): boolean =>
    (text(inputs[key]) ?? (variable && process.env[variable])) === "true";
  return {
    kubeConfig: loadKubeConfig(inputs),
    namespace: typeof inputs.namespace === "string" && inputs.namespace !== "" ? inputs.namespace : undefined,
    enableConfigMapMutable: isOn("enableConfigMapMutable"),
    enableSecretMutable: isOn("enableSecretMutable"),
    enablePatchForce: isOn("enablePatchForce"),
    upsertExistingObjects: isOn("upsertExistingObjects"),
    deleteUnreachable: isOn("deleteUnreachable", "PULUMI_K8S_DELETE_UNREACHABLE"),
    skipUpdateUnreachable: isOn("skipUpdateUnreachable", "PULUMI_K8S_SKIP_UPDATE_UNREACHABLE"),
  };
}

/** The engine hands settings that are no strings over as JSON. */
function text(value: Value | undefined): string | typeof unknown | undefined {
  return value === undefined || value === null ? undefined : value === unknown ? unknown : String(value);
}

function loadKubeConfig(inputs: Values): KubeConfig {
  const config = emptyKubeConfig();
  const given = typeof inputs.kubeconfig === "string" ? inputs.kubeconfig.trim() : "";
  const source = given === "" ? ambientPath() : given;
  const path = source.startsWith("~/") ? join(homedir(), source.slice(2)) : source;
  const isPath = !path.includes("\n") && !path.startsWith("{");
  if (isPath && !existsSync(path)) {
    throw new Error(`there is no kubeconfig file ${path}; give the file's path or its content`);
  }
  try {
    config.loadFromString(isPath ? readFileSync(path, "utf8") : path);
  } catch (error) {
    throw new Error(`this is no kubeconfig: ${messageOf(error)}`);
  }
  select(config, inputs);
  return config;
}

function ambientPath(): string {
  return process.env.KUBECONFIG || join(homedir(), ".kube", "config");
}

function select(config: KubeConfig, inputs: Values): void {
  if (typeof inputs.context === "string" && inputs.context !== "") {
    if (config.getContextObject(inputs.context) === null) {
      const names = config.getContexts().map(({ name }) => name);
      throw new Error(
        `the kubeconfig has no context ${inputs.context}; it has ${names.join(", ") || "none"}`,
      );
    }
    config.setCurrentContext(inputs.context);
  }
  const current = config.getContextObject(config.getCurrentContext());
  if (typeof inputs.cluster === "string" && inputs.cluster !== "" && current !== null) {
    config.contexts = config.contexts.map((context) =>
      context.name === current.name ? { ...context, cluster: String(inputs.cluster) } : context,
    );
  }
  if (!config.getCurrentCluster()) {
    throw new Error(
      "the kubeconfig's current context names no cluster that it holds; set current-context or context",
    );
  }
}
