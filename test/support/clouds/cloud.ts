import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentReporter } from "../../../cli/reporter";
import { CloudStore } from "../../../sandbox/clouds/store";
import { plainValues } from "../../../sandbox/clouds/values";
import type { SandboxContext } from "../../../sandbox/providers/context";
import type { ConfiguredProvider, StandIn, Values } from "../../../sandbox/providers/standin";
import { FakeClusters, operation } from "./fakes";

/** A resource of a test, with what it takes to change or delete it. */
export interface TestResource {
  readonly urn: string;
  readonly id: string;
  readonly type: string;
  readonly inputs: Values;
  readonly outputs: Values;
}

/** A cloud in a folder of its own, driven as the engine would drive it. */
export class TestCloud {
  readonly folder = mkdtempSync(join(tmpdir(), "cloud-"));
  readonly clusters = new FakeClusters();
  readonly store = new CloudStore(this.folder);
  private standIn: StandIn;
  private readonly urns = new Set<string>();

  constructor(private readonly make: (context: SandboxContext) => StandIn) {
    this.standIn = this.newStandIn();
  }

  /** Forgets what the stand-in knew, as a killed process does; the cloud stays. */
  restart(): void {
    this.standIn = this.newStandIn();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async provider(settings: Values): Promise<ConfiguredProvider> {
    return this.standIn.configure(settings);
  }

  /** Checks and creates a resource; throws its faults, each as `property: reason`. */
  async create(
    settings: Values,
    type: string,
    given: Values,
    { name = `resource-${this.urns.size}`, preview = false } = {},
  ): Promise<TestResource & { readonly logged: readonly string[] }> {
    const provider = await this.provider(settings);
    const urn = `urn:pulumi:test::cloud::${type}::${name}`;
    const resource = { urn, type, name };
    this.urns.add(urn);
    const { inputs, failures } = await provider.check(resource, undefined, given, new Uint8Array(32));
    if (failures.length > 0) {
      throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
    }
    const options = operation(preview);
    const { id, outputs } = await provider.create(resource, inputs, options);
    const shown = preview ? outputs : plainValues(outputs);
    return { urn, id, type, inputs, outputs: shown, logged: options.logged };
  }

  async update(settings: Values, old: TestResource, inputs: Values, preview = false): Promise<Values> {
    const provider = await this.provider(settings);
    const { outputs } = await provider.update(reference(old), old.id, old, inputs, {
      ...operation(preview),
      ignoreChanges: [],
    });
    return preview ? outputs : plainValues(outputs);
  }

  async delete(settings: Values, resource: TestResource): Promise<void> {
    const provider = await this.provider(settings);
    await provider.delete(reference(resource), resource.id, resource, { timeoutSeconds: 0 });
  }

  private newStandIn(): StandIn {
    return this.make({ clusters: this.clusters, store: this.store, reporter: silentReporter });
  }
}

export function reference({ urn, type }: TestResource) {
  return { urn, type, name: urn.split("::").at(-1) ?? "" };
}
