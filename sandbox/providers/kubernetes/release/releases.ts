import { createHash } from "node:crypto";
import { ApiError } from "../../../api-server/errors";
import { formatPath } from "../../property-path";
import {
  type ConfiguredProvider,
  type Difference,
  type OperationOptions,
  PartialFailure,
  type ResourceReference,
  type Values,
} from "../../standin";
import type { Cluster } from "../cluster";
import { changesBetween } from "../compare";
import { automaticName } from "../manifest";
import type { Old } from "../old";
import { isRecorded, recordedStatus } from "../recorded";
import type { ChartSource, Charts } from "./charts";
import type { Helm } from "./helm";
import { drift, importable, outputsOf, pending } from "./outputs";
import { isKnown, parseRelease, type ReleaseInputs, releaseFailures } from "./release-inputs";
import type { ReleaseStandIns } from "./stand-ins";
import { type StoredRelease, storedRevisions } from "./stored-release";

/** Label of Helm's own record that ties a release to the resource which made it. */
const ownerLabel = "pulumi-resource";

/** Helm releases: really installed where the chart is available, otherwise recorded. */
export class Releases implements Omit<ConfiguredProvider, "invoke"> {
  constructor(
    private readonly cluster: Cluster,
    private readonly helm: Helm,
    private readonly charts: Charts,
    private readonly standIns: ReleaseStandIns,
    private readonly defaultNamespace: string | undefined,
  ) {}

  async check(
    resource: ResourceReference,
    oldInputs: Values | undefined,
    newInputs: Values,
    randomSeed: Uint8Array,
  ): ReturnType<ConfiguredProvider["check"]> {
    const name = newInputs.name ?? oldInputs?.name ?? automaticName(resource.name, randomSeed);
    const namespace = newInputs.namespace ?? this.defaultNamespace ?? "default";
    return { inputs: { ...newInputs, name, namespace }, failures: releaseFailures(newInputs) };
  }

  async diff(
    _resource: ResourceReference,
    _id: string,
    old: Old,
    newInputs: Values,
    ignoreChanges: readonly string[],
  ): Promise<Difference> {
    const differences = changesBetween(old.inputs, newInputs)
      .map(({ path, kind }) => ({
        path: formatPath(path),
        kind,
        replace: path[0] === "name" || path[0] === "namespace",
      }))
      .filter(
        ({ path }) => !ignoreChanges.some((ignored) => path === ignored || path.startsWith(`${ignored}.`)),
      );
    if (differences.length === 0 && isRecorded(old.outputs) && isKnown(newInputs)) {
      const found = await this.charts.local(parseRelease(newInputs));
      return { differences: found ? [{ path: "status", kind: "update", replace: false }] : [] };
    }
    return { differences };
  }

  async create(
    resource: ResourceReference,
    inputs: Values,
    options: OperationOptions,
  ): Promise<{ readonly id: string; readonly outputs: Values }> {
    if (options.preview) {
      return { id: "", outputs: pending(inputs) };
    }
    const release = parseRelease(inputs);
    const id = `${release.namespace}/${release.name}`;
    const [latest] = await this.revisions(release);
    if (latest !== undefined && latest.labels[ownerLabel] !== ownerOf(resource)) {
      throw new Error(
        `the Helm release ${id} exists already (${latest.chart} ${latest.version}, ${latest.status}); choose another name, or import it`,
      );
    }
    return { id, outputs: await this.install(resource, release, inputs, options) };
  }

  async update(
    resource: ResourceReference,
    _id: string,
    old: Old,
    newInputs: Values,
    options: OperationOptions,
  ): Promise<{ readonly outputs: Values }> {
    if (options.preview) {
      return { outputs: pending(newInputs) };
    }
    const release = parseRelease(newInputs);
    // What stood in for the release while it was only recorded, definitions above all, becomes the release's own.
    const wasRecorded = isRecorded(old.outputs);
    const flags = wasRecorded ? [...release.flags, "--take-ownership"] : release.flags;
    const outputs = await this.install(resource, { ...release, flags }, newInputs, options);
    if (wasRecorded && !isRecorded(outputs)) {
      await this.standIns.remove(release);
    }
    return { outputs };
  }

  async read(_resource: ResourceReference, id: string, state: Old): ReturnType<ConfiguredProvider["read"]> {
    if (isRecorded(state.outputs)) {
      return { id, inputs: state.inputs, outputs: state.outputs };
    }
    const [namespace = "", name = ""] = id.split("/");
    const [latest] = await this.revisions({ namespace, name });
    if (latest === undefined) {
      return undefined;
    }
    const inputs = { ...importable(latest), ...state.inputs, ...drift(latest, state) };
    return { id, inputs, outputs: outputsOf(inputs, latest) };
  }

  async delete(
    _resource: ResourceReference,
    id: string,
    old: Old,
    { timeoutSeconds }: { readonly timeoutSeconds: number },
  ): Promise<void> {
    const release = parseRelease(old.inputs);
    if (isRecorded(old.outputs)) {
      await this.standIns.remove(release);
      return;
    }
    const [namespace = "", name = ""] = id.split("/");
    await this.uninstall(namespace, name, timeoutSeconds || release.timeout);
  }

  private async uninstall(namespace: string, name: string, timeoutSeconds: number): Promise<void> {
    await this.helm.run([
      "uninstall",
      name,
      "--namespace",
      namespace,
      "--ignore-not-found",
      "--wait",
      "--timeout",
      `${timeoutSeconds}s`,
    ]);
  }

  private async install(
    resource: ResourceReference,
    release: ReleaseInputs,
    inputs: Values,
    options: OperationOptions,
  ): Promise<Values> {
    const source = await this.charts.find(release);
    if (source.kind === "unavailable") {
      return this.record(release, inputs, source.why, options);
    }
    await this.clearInterrupted(release);
    try {
      await this.upgrade(resource, release, source, options);
    } catch (error) {
      const [latest] = await this.revisions(release);
      if (latest === undefined || !(error instanceof Error)) {
        throw error;
      }
      const id = `${release.namespace}/${release.name}`;
      throw new PartialFailure(
        `Helm release ${id} is ${latest.status}: ${error.message}`,
        id,
        outputsOf(inputs, latest),
        inputs,
      );
    }
    const [installed] = await this.revisions(release);
    if (installed === undefined) {
      throw new Error(`helm reported no error, but there is no release ${release.namespace}/${release.name}`);
    }
    return outputsOf(inputs, installed);
  }

  private async upgrade(
    resource: ResourceReference,
    release: ReleaseInputs,
    source: Extract<ChartSource, { kind: "found" }>,
    options: OperationOptions,
  ): Promise<void> {
    options.log(`helm installs ${release.chart} as ${release.namespace}/${release.name}`);
    await this.helm.run(
      [
        "upgrade",
        "--install",
        release.name,
        source.path,
        "--namespace",
        release.namespace,
        "--labels",
        `${ownerLabel}=${ownerOf(resource)}`,
        "--timeout",
        `${options.timeoutSeconds || release.timeout}s`,
        ...release.flags,
      ],
      { values: JSON.stringify(release.values), signal: options.signal },
    );
  }

  /** A killed run leaves its release pending, which Helm would refuse for ever. */
  private async clearInterrupted(release: ReleaseInputs): Promise<void> {
    const [latest, ...earlier] = await this.revisions(release);
    if (latest === undefined || !latest.status.startsWith("pending-")) {
      return;
    }
    if (earlier.length === 0) {
      await this.uninstall(release.namespace, release.name, release.timeout);
      return;
    }
    const secret = `/api/v1/namespaces/${release.namespace}/secrets/${latest.secret}`;
    await this.cluster.client.delete(secret);
  }

  /** Nothing is installed: what the lock says that the chart makes stands in for it, in the namespace that Helm would have made. */
  private async record(
    release: ReleaseInputs,
    inputs: Values,
    why: string,
    options: OperationOptions,
  ): Promise<Values> {
    options.log(`recorded, not installed: ${why}`, "warning");
    if (release.flags.includes("--create-namespace")) {
      await this.createNamespace(release.namespace);
    }
    await this.standIns.put(release);
    return {
      ...inputs,
      resourceNames: {},
      status: {
        name: release.name,
        namespace: release.namespace,
        chart: release.chart,
        version: release.version ?? "",
        appVersion: "",
        revision: 0,
        status: recordedStatus,
      },
    };
  }

  private async createNamespace(name: string): Promise<void> {
    try {
      await this.cluster.client.create("/api/v1/namespaces", {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name },
      });
    } catch (error) {
      if (!(error instanceof ApiError && error.reason === "AlreadyExists")) {
        throw error;
      }
    }
  }

  private revisions({
    namespace,
    name,
  }: Pick<ReleaseInputs, "namespace" | "name">): Promise<readonly StoredRelease[]> {
    return storedRevisions(this.cluster.client, namespace, name);
  }
}

function ownerOf(resource: ResourceReference): string {
  return createHash("sha256").update(resource.urn).digest("hex").slice(0, 16);
}
