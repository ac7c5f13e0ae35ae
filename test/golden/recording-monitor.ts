import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type {
  ReadResourceRequest,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { mask } from "./mask";
import { mockedState } from "./mocked-state";

/** A resource as the program registers it: everything that decides what the engine would do with it. */
export interface PlannedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: unknown;
  readonly options: Readonly<Record<string, unknown>>;
}

type Callback = (error: unknown, response: unknown) => void;

/** Answers the program in the engine's place, and writes down all that it asks for. */
export class RecordingMonitor extends MockMonitor {
  readonly planned: PlannedResource[] = [];
  /** What the stack would show as its outputs. */
  outputs: unknown = {};

  constructor(stackReferences: Readonly<Record<string, Record<string, unknown>>>) {
    super({
      call: ({ token }) => {
        throw new Error(`the program calls ${token}: the plan must not depend on look-ups in a cloud`);
      },
      newResource: ({ type, name, inputs, id }) => ({
        id: id || `${name}-id`,
        state: mockedState({ type, name, inputs, stackReferences }),
      }),
    });
  }

  override async registerResource(request: RegisterResourceRequest, callback: Callback): Promise<void> {
    if (request.getType() !== "pulumi:pulumi:Stack") {
      this.planned.push({
        type: request.getType(),
        name: request.getName(),
        inputs: mask(request.getObject()?.toJavaScript() ?? {}),
        options: optionsOf(request),
      });
    }
    await super.registerResource(request, callback);
  }

  override async readResource(request: ReadResourceRequest, callback: Callback): Promise<void> {
    this.planned.push({
      type: request.getType(),
      name: request.getName(),
      inputs: mask(request.getProperties()?.toJavaScript() ?? {}),
      options: { parent: short(request.getParent()), read: request.getId() },
    });
    await super.readResource(request, callback);
  }

  override registerResourceOutputs(request: RegisterResourceOutputsRequest, callback: Callback): void {
    if (request.getUrn().includes("::pulumi:pulumi:Stack::")) {
      this.outputs = mask(request.getOutputs()?.toJavaScript() ?? {});
    }
    super.registerResourceOutputs(request, callback);
  }
}

/** Options that the program set; those at the engine's defaults say nothing and are left out. */
function optionsOf(request: RegisterResourceRequest): Record<string, unknown> {
  const timeouts = request.getCustomtimeouts()?.toObject();
  const options = {
    parent: short(request.getParent()),
    provider: short(request.getProvider()),
    dependsOn: request.getDependenciesList().map(short).sort(),
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    deleteBeforeReplace: request.getDeletebeforereplace(),
    deletedWith: short(request.getDeletedwith()),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    aliases: [...new Set(request.getAliasesList().map(aliasOf))],
    import: request.getImportid(),
    timeouts: timeouts === undefined ? [] : Object.entries(timeouts).filter(([, time]) => time !== ""),
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => !isDefault(value)));
}

/** What a resource was called before, as far as it differs: most aliases are the SDK's own and name an older type. */
function aliasOf(alias: Alias): string {
  const { name, type, stack, project, parenturn } = alias.getSpec()?.toObject() ?? {};
  return alias.getUrn() || [type, name, stack, project, short(parenturn ?? "")].filter(Boolean).join(" ");
}

function isDefault(value: unknown): boolean {
  return value === "" || value === false || (Array.isArray(value) && value.length === 0);
}

/** A URN (or a provider's URN and id) without the parts that every resource of a stack shares. */
function short(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  const type = types.split("$").at(-1);
  return urn === "" || type === "pulumi:pulumi:Stack" ? "" : `${type}::${name}`;
}
