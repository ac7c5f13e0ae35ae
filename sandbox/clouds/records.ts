import type { Values } from "../providers/standin";
import type { CloudDefinition } from "./definition";
import { isCalled, namesAt } from "./links";
import type { CloudRecord, CloudStore } from "./store";
import type { Link, Neighbours, Place, Removal, ResourceTable } from "./table";
import { leaves, text } from "./values";

/** What one provider instance finds in the store: the records of its cloud and account, and how they are linked. */
export class CloudRecords {
  constructor(
    private readonly definition: CloudDefinition,
    private readonly store: CloudStore,
  ) {}

  drawer(type: string): { readonly cloud: string; readonly account: string; readonly type: string } {
    return { cloud: this.definition.cloud, account: this.definition.account, type };
  }

  regionOf(type: string, place: Place): string {
    return this.definition.tables[type]?.global ? "global" : place.region;
  }

  async record(type: string, id: string, inputs: Values): Promise<CloudRecord | undefined> {
    return this.store.get({ ...this.drawer(type), region: this.regionOf(type, this.placeOf(inputs)), id });
  }

  neighbours(place: Place): Neighbours {
    const list = async (type: string): Promise<readonly CloudRecord[]> =>
      (await this.store.list(this.drawer(type))).filter(
        (record) => record.region === this.regionOf(type, place),
      );
    return {
      list,
      find: async (type, name) => (await list(type)).find((record) => isCalled(record, name)),
    };
  }

  /** False for what lay within something that has gone by other means than the engine's: it has gone with it. */
  async stands(table: ResourceTable, removal: Removal): Promise<boolean> {
    if (table.alive && !(await table.alive(removal))) return false;
    const within = Object.entries(table.links ?? {}).filter(([, link]) => link.within);
    for (const [path, link] of within) {
      for (const name of namesAt(removal.record.inputs, path, link)) {
        if (!(await this.exists(link, name, removal.neighbours))) return false;
      }
    }
    return true;
  }

  async exists(link: Link, name: string, neighbours: Neighbours): Promise<boolean> {
    for (const type of link.types) {
      if (await neighbours.find(type, name)) return true;
      for (const [bringer, path] of Object.entries(this.definition.tables[type]?.broughtBy ?? {})) {
        const bringers = await neighbours.list(bringer);
        if (bringers.some((record) => leaves(record.computed, path).map(String).includes(name))) return true;
      }
    }
    return false;
  }

  /** The records that name this one by a link of the kind. */
  async linked(
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

  placeOf(inputs: Values): Place {
    return { account: this.definition.account, region: text(inputs, "region") ?? this.definition.region };
  }
}
