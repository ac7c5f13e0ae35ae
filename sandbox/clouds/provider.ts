import { createHash, randomUUID } from "node:crypto";
import type { ClusterManager } from "../cluster/types";
import {
  type CheckFailure,
  type ConfiguredProvider,
  type Difference,
  type OperationOptions,
  type ResourceReference,
  Secret,
  unknown,
  type Value,
  type Values,
} from "../providers/standin";
import { differences, isBelow } from "./difference";
import { CloudError } from "./errors";
import { isOptional, type ResourceShape, type Schema, type Shape, shapeFailures } from "./schema";
import { type CloudRecord, type CloudStore, madeByCloud, RecordExists } from "./store";
import type { Invoke, Link, Neighbours, Place, Removal, Request, ResourceTable, Tables } from "./table";
import { isKnown, isObject, leaves, plain, plainValues, text, withoutNulls, withValue } from "./values";

/** A cloud as one provider instance sees it: its tables and where it is. */
export interface CloudDefinition extends Place {
  readonly cloud: "aws" | "linode";
  readonly schema: Schema;
  readonly tables: Tables;
  readonly invokes: Readonly<Record<string, Invoke>>;
  /** Settings of the provider that deletions go by. */
  readonly settings?: Values;
  /**
   * Outputs that every resource has for which the SDK declares them (region, owner, tags with the provider's). The time
   * of creation is not known to previews.
   */
  readonly common: (inputs: Values, place: Place, createdAt?: string) => Values;
  /** Where to add a type, for the message about one that is missing. */
  readonly tablesFolder: string;
}

type OldState = { readonly inputs: Values; readonly outputs: Values };
type Log = OperationOptions["log"];

/** Serves the resources of one cloud from its tables, and keeps them in the store. */
export class TableProvider implements ConfiguredProvider {
  /**
   * @param inState URNs that the engine was seen to have in its state. A record whose URN is not among them when it
   * is created was left by a run that was killed before the engine could note it.
   */
  constructor(
    private readonly definition: CloudDefinition,
    private readonly store: CloudStore,
    private readonly clusters: ClusterManager,
    private readonly inState: Set<string>,
  ) {}

  async check(
    resource: ResourceReference,
    oldInputs: Values | undefined,
    newInputs: Values,
    randomSeed: Uint8Array,
  ): Promise<{ readonly inputs: Values; readonly failures: readonly CheckFailure[] }> {
    const table = this.definition.tables[resource.type];
    const shape = this.definition.schema.resources[resource.type];
    if (!table || !shape) return { inputs: newInputs, failures: [this.unknownType(resource.type)] };
    const given = documentsAsText(shape, withoutNulls(newInputs));
    const named = withName(table, resource.name, given, oldInputs, randomSeed);
    const inputs = { ...table.defaults, ...named };
    const place = this.placeOf(inputs);
    const failures = [
      ...shapeFailures(this.definition.schema, shape.inputs, inputs),
      ...(table.rules ?? []).flatMap((rule) => rule(inputs, place)),
    ];
    return { inputs, failures };
  }

  async diff(
    resource: ResourceReference,
    _id: string,
    old: OldState,
    newInputs: Values,
    ignoreChanges: readonly string[],
  ): Promise<Difference> {
    this.inState.add(resource.urn);
    const { table, shape } = this.describe(resource.type);
    const replaces = (path: string): boolean =>
      table.replaces === "all" || path === "region" || isBelow(path, table.replaces);
    const changed = differences(old.inputs, newInputs);
    const tags = shape.outputs.tagsAll === undefined ? [] : this.tagDifferences(old, newInputs);
    return {
      differences: [...changed, ...tags]
        .filter(({ path }) => !isBelow(path, ignoreChanges))
        .map((change) => ({
          ...change,
          replace: !isBelow(change.path, ["tagsAll"]) && replaces(change.path),
        })),
      ...(table.deleteBeforeReplace ? { deleteBeforeReplace: true } : {}),
    };
  }

  async create(
    resource: ResourceReference,
    inputs: Values,
    options: OperationOptions,
  ): Promise<{ readonly id: string; readonly outputs: Values }> {
    if (options.preview) return { id: "", outputs: this.previewOutputs(resource.type, inputs) };
    const { table } = this.describe(resource.type);
    const wanted = plainValues(inputs);
    const place = this.placeOf(wanted);
    const leftover = await this.leftover(resource, table, wanted, options.log);
    const id = leftover?.id ?? table.identify?.(wanted, place) ?? table.newId?.() ?? randomUUID();
    return this.explained(`creating ${table.label} (${id})`, async () => {
      const request = this.request(resource, id, wanted, options.log);
      if (!leftover) await this.admitNew(table, request);
      const record = await this.bringUp(table, { ...request, ...(leftover ? { previous: leftover } : {}) });
      if (leftover) await this.store.update(record);
      else await this.store.create(record).catch((error) => this.alreadyExists(error, table, id));
      return { id, outputs: this.outputsOf(record) };
    });
  }

  async read(
    resource: ResourceReference,
    id: string,
    state: OldState,
  ): Promise<{ readonly id: string; readonly inputs: Values; readonly outputs: Values } | undefined> {
    this.inState.add(resource.urn);
    const { table } = this.describe(resource.type);
    const record = await this.record(resource.type, id, state.inputs);
    if (!record) return undefined;
    const removal = this.removal(resource, record, () => undefined);
    if (!(await this.stands(table, removal))) {
      await this.store.delete(record);
      return undefined;
    }
    return { id, inputs: record.inputs, outputs: this.outputsOf(record) };
  }

  async update(
    resource: ResourceReference,
    id: string,
    old: OldState,
    newInputs: Values,
    options: OperationOptions,
  ): Promise<{ readonly outputs: Values }> {
    this.inState.add(resource.urn);
    const { table } = this.describe(resource.type);
    if (options.preview) return { outputs: this.previewUpdate(table, resource.type, old, newInputs) };
    return this.explained(`updating ${table.label} (${id})`, async () => {
      const previous = await this.record(resource.type, id, newInputs);
      if (!previous)
        throw new CloudError(table.notFound ?? "ResourceNotFoundException", `${id} does not exist`);
      const request = { ...this.request(resource, id, plainValues(newInputs), options.log), previous };
      const record = await this.bringUp(table, request);
      await this.store.update(record);
      return { outputs: this.outputsOf(record) };
    });
  }

  async delete(resource: ResourceReference, id: string, old: OldState): Promise<void> {
    this.inState.add(resource.urn);
    const { table } = this.describe(resource.type);
    const record = await this.record(resource.type, id, old.inputs);
    if (!record) return;
    await this.explained(`deleting ${table.label} (${id})`, () =>
      this.remove(
        table,
        this.removal(resource, record, () => undefined),
      ),
    );
  }

  async invoke(token: string, args: Values): Promise<Values> {
    const invoke = this.definition.invokes[token];
    if (invoke) return invoke(plainValues(args), this.definition);
    throw new Error(
      `The sandbox's ${this.definition.cloud} does not know the function ${token}. ` +
        `Add it to the invokes in ${this.definition.tablesFolder}/index.ts, or do without it.`,
    );
  }

  private describe(type: string): { readonly table: ResourceTable; readonly shape: ResourceShape } {
    const table = this.definition.tables[type];
    const shape = this.definition.schema.resources[type];
    if (!table || !shape) throw new Error(this.unknownType(type).reason);
    return { table, shape };
  }

  private unknownType(type: string): CheckFailure {
    const { cloud, tablesFolder } = this.definition;
    return {
      property: "",
      reason:
        `the sandbox's ${cloud} does not know the type ${type}. Describe it in a table in ${tablesFolder}, ` +
        "then run `npm run schemas`.",
    };
  }

  private placeOf(inputs: Values): Place {
    return { account: this.definition.account, region: text(inputs, "region") ?? this.definition.region };
  }

  private request(resource: ResourceReference, id: string, inputs: Values, log: Log): Request {
    const place = this.placeOf(inputs);
    return {
      ...place,
      resource,
      id,
      inputs,
      log,
      clusters: this.clusters,
      neighbours: this.neighbours(place),
    };
  }

  private removal(resource: ResourceReference, record: CloudRecord, log: Log): Removal {
    return {
      ...this.request(resource, record.id, record.inputs, log),
      record,
      settings: this.definition.settings ?? {},
    };
  }

  private drawer(type: string): { readonly cloud: string; readonly account: string; readonly type: string } {
    return { cloud: this.definition.cloud, account: this.definition.account, type };
  }

  private regionOf(type: string, place: Place): string {
    return this.definition.tables[type]?.global ? "global" : place.region;
  }

  private async record(type: string, id: string, inputs: Values): Promise<CloudRecord | undefined> {
    return this.store.get({ ...this.drawer(type), region: this.regionOf(type, this.placeOf(inputs)), id });
  }

  private neighbours(place: Place): Neighbours {
    const list = async (type: string): Promise<readonly CloudRecord[]> =>
      (await this.store.list(this.drawer(type))).filter(
        (record) => record.region === this.regionOf(type, place),
      );
    return {
      list,
      find: async (type, name) => (await list(type)).find((record) => isCalled(record, name)),
    };
  }

  /** A record of the same URN which no state knows of: a run was killed after making it. */
  private async leftover(
    resource: ResourceReference,
    table: ResourceTable,
    inputs: Values,
    log: Log,
  ): Promise<CloudRecord | undefined> {
    if (this.inState.has(resource.urn)) return undefined;
    const place = this.placeOf(inputs);
    const records = await this.neighbours(place).list(resource.type);
    const left = records.find((record) => record.urn === resource.urn);
    if (!left) return undefined;
    if (table.identify && table.identify(inputs, place) !== left.id) {
      log(`removes the ${table.label} ${left.id}, which an interrupted run had left behind`);
      await this.remove(table, this.removal(resource, left, log));
      return undefined;
    }
    log(`continues with the ${table.label} ${left.id}, which an interrupted run had created`);
    return left;
  }

  private async admitNew(table: ResourceTable, request: Request): Promise<void> {
    const records = await request.neighbours.list(request.resource.type);
    if (records.some((record) => record.id === request.id)) this.refuseSecond(table, request.id);
    for (const { limit, code, of, per } of table.quotas ?? []) {
      const counted =
        per === undefined ? records : records.filter((record) => same(record.inputs, request.inputs, per));
      if (counted.length < limit) continue;
      throw new CloudError(code, `the quota of ${limit} ${of} has been reached (${counted.length} exist)`);
    }
  }

  /** Everything that a create and an update have in common. */
  private async bringUp(table: ResourceTable, request: Request): Promise<CloudRecord> {
    for (const [path, link] of Object.entries(table.links ?? {})) await this.admitLink(path, link, request);
    await table.admit?.(request);
    const provisioned = await table.provision?.(request);
    const { previous, resource, id, inputs } = request;
    const { shape } = this.describe(resource.type);
    const createdAt = previous?.createdAt ?? new Date().toISOString();
    const computed = {
      ...emptyOutputs(shape, inputs),
      ...commonOutputs(shape, this.definition.common(inputs, request, createdAt)),
      ...table.compute?.(request),
      ...provisioned,
    };
    return {
      ...this.drawer(resource.type),
      region: this.regionOf(resource.type, request),
      id,
      urn: resource.urn,
      createdAt,
      inputs,
      computed,
    };
  }

  private async admitLink(path: string, link: Link, request: Request): Promise<void> {
    for (const name of namesAt(request.inputs, path, link)) {
      if (await this.exists(link, name, request.neighbours)) continue;
      const target = this.definition.tables[link.types[0] ?? ""];
      const code = target?.notFound ?? "ResourceNotFoundException";
      const place = target?.global
        ? `account ${request.account}`
        : `account ${request.account}, ${request.region}`;
      throw new CloudError(
        code,
        `${path}: the ${target?.label ?? "resource"} "${name}" does not exist in ${place}`,
      );
    }
  }

  /** False for what lay within something that has gone by other means than the engine's: it has gone with it. */
  private async stands(table: ResourceTable, removal: Removal): Promise<boolean> {
    if (table.alive && !(await table.alive(removal))) return false;
    const within = Object.entries(table.links ?? {}).filter(([, link]) => link.within);
    for (const [path, link] of within) {
      for (const name of namesAt(removal.record.inputs, path, link)) {
        if (!(await this.exists(link, name, removal.neighbours))) return false;
      }
    }
    return true;
  }

  private async exists(link: Link, name: string, neighbours: Neighbours): Promise<boolean> {
    for (const type of link.types) {
      if (await neighbours.find(type, name)) return true;
      for (const [bringer, path] of Object.entries(this.definition.tables[type]?.broughtBy ?? {})) {
        const bringers = await neighbours.list(bringer);
        if (bringers.some((record) => leaves(record.computed, path).map(String).includes(name))) return true;
      }
    }
    return false;
  }

  private async remove(table: ResourceTable, removal: Removal): Promise<void> {
    const { record } = removal;
    const [holder] = await this.linked(removal, (link) => link.blocks);
    if (holder) {
      throw new CloudError(
        "DependencyViolation",
        `the ${table.label} "${record.id}" is in use by the ${this.definition.tables[holder.type]?.label} "${holder.id}" and cannot be deleted`,
      );
    }
    await table.admitRemoval?.(removal);
    await table.release?.(removal);
    for (const part of await this.linked(removal, (link) => link.within)) await this.store.delete(part);
    await this.store.delete(record);
    const again = await table.makesAgain?.(removal);
    if (again !== undefined) {
      await this.store.create({ ...record, urn: madeByCloud, inputs: again, computed: {} });
    }
  }

  /** The records that name this one by a link of the kind. */
  private async linked(
    { record, neighbours }: Removal,
    isOfKind: (link: Link) => boolean,
  ): Promise<readonly CloudRecord[]> {
    const found: CloudRecord[] = [];
    for (const [type, table] of Object.entries(this.definition.tables)) {
      const paths = Object.entries(table.links ?? {})
        .filter(([, link]) => isOfKind(link) && link.types.includes(record.type))
        .map(([path]) => path);
      if (paths.length === 0) continue;
      const others = await neighbours.list(type);
      found.push(
        ...others.filter((other) =>
          paths.some((path) => leaves(other.inputs, path).some((leaf) => isCalled(record, String(leaf)))),
        ),
      );
    }
    return found;
  }

  private alreadyExists(error: unknown, table: ResourceTable, id: string): never {
    if (error instanceof RecordExists) this.refuseSecond(table, id);
    throw error;
  }

  private refuseSecond(table: ResourceTable, id: string): never {
    throw new CloudError(
      table.alreadyExists ?? "ResourceAlreadyExistsException",
      `${table.label} ${id} already exists`,
    );
  }

  private async explained<T>(doing: string, action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      if (error instanceof CloudError) throw new Error(`${doing}: ${error.message}`, { cause: error });
      throw error;
    }
  }

  private outputsOf(record: CloudRecord): Values {
    const { shape } = this.describe(record.type);
    const outputs: Record<string, Value> = { ...record.inputs, ...record.computed };
    for (const name of shape.secrets ?? []) {
      const value = outputs[name];
      if (value !== undefined) outputs[name] = new Secret(value);
    }
    return outputs;
  }

  private previewOutputs(type: string, inputs: Values): Values {
    const { table, shape } = this.describe(type);
    const pending = Object.entries(shape.outputs)
      .filter(([name, declared]) => !isOptional(declared) && inputs[name] === undefined)
      .map(([name]) => [name, unknown] as const);
    const common = commonOutputs(shape, this.definition.common(inputs, this.placeOf(inputs)));
    return completed(table, { ...inputs, ...Object.fromEntries(pending), ...common });
  }

  private previewUpdate(table: ResourceTable, type: string, old: OldState, inputs: Values): Values {
    const { shape } = this.describe(type);
    const kept = Object.entries(old.outputs).filter(([name]) => !(name in old.inputs));
    const changing = (table.changing ?? []).map((name) => [name, unknown] as const);
    const common = commonOutputs(shape, this.definition.common(inputs, this.placeOf(inputs)));
    let outputs: Values = {
      ...Object.fromEntries(kept),
      ...inputs,
      ...common,
      ...Object.fromEntries(changing),
    };
    for (const path of table.completed ?? []) {
      const [head = ""] = path.split(".");
      const asked = differences({ [head]: old.inputs[head] ?? null }, { [head]: inputs[head] ?? null });
      outputs =
        asked.length > 0
          ? withValue(outputs, path, unknown)
          : { ...outputs, [head]: old.outputs[head] ?? unknown };
    }
    return outputs;
  }

  private tagDifferences(old: OldState, newInputs: Values): Difference["differences"] {
    const before = isObject(old.outputs.tagsAll) ? old.outputs.tagsAll : {};
    const wanted = this.definition.common(newInputs, this.placeOf(newInputs)).tagsAll;
    if (!isObject(wanted) || !isKnown(wanted)) return [];
    return differences({ tagsAll: before }, { tagsAll: wanted }).map((change) => ({
      ...change,
      replace: false,
    }));
  }
}

/** What the property names, without what the sandbox cannot look up. */
function namesAt(inputs: Values, path: string, link: Link): readonly string[] {
  return leaves(inputs, path)
    .map(String)
    .filter((name) => name !== "" && !link.except?.test(name));
}

/** True when the id, the ARN or the name of the record is this one. */
function isCalled(record: CloudRecord, name: string): boolean {
  return [record.id, record.computed.arn, record.inputs.name, record.inputs.label].includes(name);
}

function same(one: Values, other: Values, path: string): boolean {
  return JSON.stringify(leaves(one, path)) === JSON.stringify(leaves(other, path));
}

/** JSON documents that a program may also give as objects become the text that clouds want. */
function documentsAsText(shape: ResourceShape, inputs: Values): Values {
  const entries = Object.entries(inputs).map(([name, value]): [string, Value] => {
    if (!shape.inputs[name]?.startsWith("string|") || !isObject(value)) return [name, value];
    return [name, isKnown(value) ? JSON.stringify(plain(value)) : unknown];
  });
  return Object.fromEntries(entries);
}

/** Completes an automatic name, as Pulumi's providers do: from the logical name, or from the given prefix. */
function withName(
  table: ResourceTable,
  logicalName: string,
  inputs: Values,
  oldInputs: Values | undefined,
  randomSeed: Uint8Array,
): Values {
  const property = table.autoName;
  if (property === undefined || inputs[property] !== undefined) return inputs;
  const prefix = inputs[`${property}Prefix`] ?? `${logicalName}-`;
  if (typeof prefix !== "string") return { ...inputs, [property]: unknown };
  const before = oldInputs?.[property];
  if (typeof before === "string" && before.startsWith(prefix)) return { ...inputs, [property]: before };
  const digits = createHash("sha256").update(randomSeed).digest("hex").slice(0, 7);
  return { ...inputs, [property]: `${prefix}${digits}` };
}

/** Values for the outputs which the SDK declares to be always there and which neither program nor table gives. */
function emptyOutputs(shape: ResourceShape, inputs: Values): Values {
  const missing = Object.entries(shape.outputs).filter(
    ([name, declared]) => !isOptional(declared) && inputs[name] === undefined,
  );
  return Object.fromEntries(missing.map(([name, declared]) => [name, emptyValue(declared)]));
}

function emptyValue(shape: Shape): Value {
  if (shape.endsWith("[]")) return [];
  if (shape === "string") return "";
  if (shape === "number") return 0;
  if (shape === "boolean") return false;
  return {};
}

function commonOutputs(shape: ResourceShape, common: Values): Values {
  return Object.fromEntries(Object.entries(common).filter(([name]) => shape.outputs[name] !== undefined));
}

function completed(table: ResourceTable, outputs: Values): Values {
  return (table.completed ?? []).reduce((all, path) => withValue(all, path, unknown), outputs);
}
