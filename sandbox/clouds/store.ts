import { createHash, randomBytes } from "node:crypto";
import { link, mkdir, readdir, readFile, rename, rm, rmdir, unlink, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { Values } from "../providers/standin";

/** Which drawer of the store a record lies in. */
export interface Drawer {
  /** `aws`, `linode`. */
  readonly cloud: string;
  /** The account, or `main` on a cloud where the sandbox has but one. */
  readonly account: string;
  /** Pulumi type token. */
  readonly type: string;
}

export interface RecordKey extends Drawer {
  /** Region, or `global` for what a cloud keeps once for all its regions. */
  readonly region: string;
  readonly id: string;
}

/** One resource as its cloud stores it. Editing the file causes drift, which a refresh then shows. */
export interface CloudRecord extends RecordKey {
  /** The resource that made it: a create that was killed is continued by the same URN. */
  readonly urn: string;
  readonly createdAt: string;
  /** What was asked for, completed with defaults; a resource's outputs echo these. */
  readonly inputs: Values;
  /** What the cloud added: ids, addresses, states. */
  readonly computed: Values;
}

/** In the place of a resource's URN: the cloud made it by itself. */
export const madeByCloud = "";

/** Thrown when a record of this id exists already. */
export class RecordExists extends Error {}

/**
 * The simulated clouds' memory: `<cloud>/<account>/<type>/<region>/<id>.json` below a folder. Each file is written
 * whole or not at all, so that another process sees the same clouds and a killed one leaves nothing half done.
 */
export class CloudStore {
  constructor(private readonly root: string) {}

  /** @throws RecordExists when there is one with this id */
  async create(record: CloudRecord): Promise<void> {
    await this.write(record, async (temporary, file) => {
      await link(temporary, file).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "EEXIST") throw new RecordExists(`${record.type} ${record.id} exists already`);
        throw error;
      });
      await unlink(temporary);
    });
  }

  async update(record: CloudRecord): Promise<void> {
    await this.write(record, rename);
  }

  async get(key: RecordKey): Promise<CloudRecord | undefined> {
    return this.parse(this.fileOf(key));
  }

  /** All records of a type, in every region, in a fixed order. */
  async list(drawer: Drawer): Promise<readonly CloudRecord[]> {
    const folder = this.folderOf(drawer);
    const found: CloudRecord[] = [];
    for (const region of (await entries(folder)).sort()) {
      const files = (await entries(join(folder, region))).filter((name) => name.endsWith(".json"));
      for (const file of files.sort()) {
        const record = await this.parse(join(folder, region, file));
        if (record) found.push(record);
      }
    }
    return found;
  }

  /** All records, of any cloud and type, whose resource's URN begins so: those of one stack, say. */
  async madeBy(urnPrefix: string): Promise<readonly CloudRecord[]> {
    const files = await readdir(this.root, { recursive: true, withFileTypes: true }).catch(() => []);
    const records = await Promise.all(
      files
        .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
        .map((entry) => this.parse(join(entry.parentPath, entry.name))),
    );
    return records
      .filter((record) => record?.urn?.startsWith(urnPrefix))
      .filter((record) => record !== undefined);
  }

  /** What the clouds made by themselves, and no stack. */
  async madeByClouds(): Promise<readonly CloudRecord[]> {
    return (await this.madeBy("")).filter(({ urn }) => urn === madeByCloud);
  }

  /** Forgets a record; nothing happens when there is none. Folders that become empty go too. */
  async delete(key: RecordKey): Promise<void> {
    const file = this.fileOf(key);
    await rm(file, { force: true });
    let folder = dirname(file);
    await removeLeftovers(folder);
    while (relative(this.root, folder) !== "" && (await removedWhenEmpty(folder))) folder = dirname(folder);
  }

  private folderOf({ cloud, account, type }: Drawer): string {
    const [, module = "", name = ""] = type.split(":");
    return join(this.root, cloud, account, `${module.split("/")[0]}.${name}`);
  }

  private fileOf(key: RecordKey): string {
    return join(this.folderOf(key), key.region, `${fileName(key.id)}.json`);
  }

  private async parse(file: string): Promise<CloudRecord | undefined> {
    const content = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (content === undefined) return undefined;
    try {
      const record: CloudRecord = JSON.parse(content);
      return record;
    } catch (error) {
      throw new Error(
        `The simulated cloud's record ${file} is not valid JSON (${String(error)}). ` +
          "Repair it, or delete the file: the resource is then gone from the cloud, and the next refresh shows it.",
      );
    }
  }

  private async write(
    record: CloudRecord,
    publish: (temporary: string, file: string) => Promise<void>,
  ): Promise<void> {
    const file = this.fileOf(record);
    const temporary = join(dirname(file), `.${process.pid}.${randomBytes(6).toString("hex")}.tmp`);
    const content = `${JSON.stringify(record, null, 2)}\n`;
    try {
      await inFolder(dirname(file), () => writeFile(temporary, content, { flush: true }));
      await publish(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true });
      throw explainFullDisk(error, file);
    }
  }
}

/** An id as a file name; a long one is cut and made unique again by its hash. */
function fileName(id: string): string {
  const encoded = encodeURIComponent(id).replaceAll("*", "%2A");
  if (encoded.length <= 180) return encoded;
  return `${encoded.slice(0, 140)}-${createHash("sha256").update(id).digest("hex").slice(0, 32)}`;
}

/** Runs the action in a folder that another process may just have removed because it was empty. */
async function inFolder(folder: string, action: () => Promise<void>): Promise<void> {
  await mkdir(folder, { recursive: true });
  try {
    await action();
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    await mkdir(folder, { recursive: true });
    await action();
  }
}

async function entries(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
}

/** Removes what a killed writer left: temporary files of processes that no longer live. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await entries(folder)) {
    const writer = /^\.(\d+)\..*\.tmp$/.exec(name)?.[1];
    if (writer !== undefined && !isAlive(Number(writer))) await rm(join(folder, name), { force: true });
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

async function removedWhenEmpty(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    () => false,
  );
}

function explainFullDisk(error: unknown, file: string): unknown {
  if (codeOf(error) !== "ENOSPC") return error;
  return new Error(
    `The simulated cloud cannot write ${file}: no space left on that disk. ` +
      "Free some space, or set XDG_CACHE_HOME to a folder on another disk, and run again.",
  );
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
