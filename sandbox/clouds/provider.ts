import { randomUUID } from "node:crypto";
import type { ClusterManager } from "../cluster/types";
import type {
  CheckFailure,
  ConfiguredProvider,
  Difference,
  OperationOptions,
  ResourceReference,
  Values,
} from "../providers/standin";
import { CloudOutputs, type OldState } from "./cloud-outputs";
import type { CloudDefinition } from "./definition";
import { describe, unknownType } from "./describe";
import { differences, isBelow } from "./difference";
import { CloudError } from "./errors";
import { namesAt, same } from "./links";
import { commonOutputs, documentsAsText, emptyOutputs, withName } from "./outputs";
import { CloudRecords } from "./records";
import { explained, refuseSecond } from "./refusals";
import { shapeFailures } from "./schema";
import { type CloudRecord, type CloudStore, madeByCloud, RecordExists } from "./store";
import type { Link, Removal, Request, ResourceTable } from "./table";
import { plainValues, withoutNulls } from "./values";

type Log = OperationOptions["log"];

/** Serves the resources of one cloud from its tables, and keeps them in the store. */
export class TableProvider implements ConfiguredProvider {
  private readonly records: CloudRecords;
  private readonly outputs: CloudOutputs;

  /**
   * @param inState URNs that the engine was seen to have in its state. A record whose URN is not among them when it
   * is created was left by a run that was killed before the engine could note it.
   */
  constructor(
    private readonly definition: CloudDefinition,
    private readonly store: CloudStore,
    private readonly clusters: ClusterManager,
    private readonly inState: Set<string>,
  ) {
    this.records = new CloudRecords(definition, store);
    this.outputs = new CloudOutputs(definition, this.records);
  }

  async check(
    resource: ResourceReference,
    oldInputs: Values | undefined,
    newInputs: Values,
    randomSeed: Uint8Array,
  ): Promise<{ readonly inputs: Values; readonly failures: readonly CheckFailure[] }> {
    const table = this.definition.tables[resource.type];
    const shape = this.definition.schema.resources[resource.type];
    if (!table || !shape)
      return { inputs: newInputs, failures: [unknownType(this.definition, resource.type)] };
    const given = documentsAsText(shape, withoutNulls(newInputs));
    const named = withName(table, resource.name, given, oldInputs, randomSeed);
    const inputs = { ...table.defaults, ...named };
    const place = this.records.placeOf(inputs);
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
    const { table, shape } = describe(this.definition, resource.type);
    const replaces = (path: string): boolean =>
      table.replaces === "all" || path === "region" || isBelow(path, table.replaces);
    const changed = differences(old.inputs, newInputs);
    const tags = shape.outputs.tagsAll === undefined ? [] : this.outputs.tagDifferences(old, newInputs);
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
    if (options.preview) return { id: "", outputs: this.outputs.ofPreview(resource.type, inputs) };
    const { table } = describe(this.definition, resource.type);
    const wanted = plainValues(inputs);
    const place = this.records.placeOf(wanted);
    const leftover = await this.leftover(resource, table, wanted, options.log);
    const id = leftover?.id ?? table.identify?.(wanted, place) ?? table.newId?.() ?? randomUUID();
    return explained(`creating ${table.label} (${id})`, async () => {
      const request = this.request(resource, id, wanted, options.log);
      if (!leftover) await this.admitNew(table, request);
      const record = await this.bringUp(table, { ...request, ...(leftover ? { previous: leftover } : {}) });
      if (leftover) await this.store.update(record);
      else await this.store.create(record).catch((error) => this.alreadyExists(error, table, id));
      return { id, outputs: this.outputs.of(record) };
    });
  }

  async read(
    resource: ResourceReference,
    id: string,
    state: OldState,
  ): Promise<{ readonly id: string; readonly inputs: Values; readonly outputs: Values } | undefined> {
    this.inState.add(resource.urn);
    const { table } = describe(this.definition, resource.type);
    const record = await this.records.record(resource.type, id, state.inputs);
    if (!record) return undefined;
    const removal = this.removal(resource, record, () => undefined);
    if (!(await this.records.stands(table, removal))) {
      await this.store.delete(record);
      return undefined;
    }
    return { id, inputs: record.inputs, outputs: this.outputs.of(record) };
  }

  async update(
    resource: ResourceReference,
    id: string,
    old: OldState,
    newInputs: Values,
    options: OperationOptions,
  ): Promise<{ readonly outputs: Values }> {
    this.inState.add(resource.urn);
    const { table } = describe(this.definition, resource.type);
    if (options.preview)
      return { outputs: this.outputs.ofPreviewedUpdate(table, resource.type, old, newInputs) };
    return explained(`updating ${table.label} (${id})`, async () => {
      const previous = await this.records.record(resource.type, id, newInputs);
      if (!previous)
        throw new CloudError(table.notFound ?? "ResourceNotFoundException", `${id} does not exist`);
      const request = { ...this.request(resource, id, plainValues(newInputs), options.log), previous };
      const record = await this.bringUp(table, request);
      await this.store.update(record);
      return { outputs: this.outputs.of(record) };
    });
  }

  async delete(resource: ResourceReference, id: string, old: OldState): Promise<void> {
    this.inState.add(resource.urn);
    const { table } = describe(this.definition, resource.type);
    const record = await this.records.record(resource.type, id, old.inputs);
    if (!record) return;
    await explained(`deleting ${table.label} (${id})`, () =>
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

  private request(resource: ResourceReference, id: string, inputs: Values, log: Log): Request {
    const place = this.records.placeOf(inputs);
    return {
      ...place,
      resource,
      id,
      inputs,
      log,
      clusters: this.clusters,
      neighbours: this.records.neighbours(place),
    };
  }

  private removal(resource: ResourceReference, record: CloudRecord, log: Log): Removal {
    return {
      ...this.request(resource, record.id, record.inputs, log),
      record,
      settings: this.definition.settings ?? {},
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
    const place = this.records.placeOf(inputs);
    const records = await this.records.neighbours(place).list(resource.type);
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
    if (records.some((record) => record.id === request.id)) refuseSecond(table, request.id);
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
    const { shape } = describe(this.definition, resource.type);
    const createdAt = previous?.createdAt ?? new Date().toISOString();
    const computed = {
      ...emptyOutputs(shape, inputs),
      ...commonOutputs(shape, this.definition.common(inputs, request, createdAt)),
      ...table.compute?.(request),
      ...provisioned,
    };
    return {
      ...this.records.drawer(resource.type),
      region: this.records.regionOf(resource.type, request),
      id,
      urn: resource.urn,
      createdAt,
      inputs,
      computed,
    };
  }

  private async admitLink(path: string, link: Link, request: Request): Promise<void> {
    for (const name of namesAt(request.inputs, path, link)) {
      if (await this.records.exists(link, name, request.neighbours)) continue;
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

  private async remove(table: ResourceTable, removal: Removal): Promise<void> {
    const { record } = removal;
    const [holder] = await this.records.linked(removal, (link) => link.blocks);
    if (holder) {
      throw new CloudError(
        "DependencyViolation",
        `the ${table.label} "${record.id}" is in use by the ${this.definition.tables[holder.type]?.label} "${holder.id}" and cannot be deleted`,
      );
    }
    await table.admitRemoval?.(removal);
    await table.release?.(removal);
    for (const part of await this.records.linked(removal, (link) => link.within))
      await this.store.delete(part);
    await this.store.delete(record);
    const again = await table.makesAgain?.(removal);
    if (again !== undefined) {
      await this.store.create({ ...record, urn: madeByCloud, inputs: again, computed: {} });
    }
  }

  private alreadyExists(error: unknown, table: ResourceTable, id: string): never {
    if (error instanceof RecordExists) refuseSecond(table, id);
    throw error;
  }
}
