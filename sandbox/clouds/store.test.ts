import { fork } from "node:child_process";
import { once } from "node:events";
import fs, { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CloudRecord, CloudStore, RecordExists } from "./store";

jest.mock("node:fs/promises", () => ({ ...jest.requireActual("node:fs/promises") }));

let folder: string;
let store: CloudStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
  store = new CloudStore(folder);
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const drawer = { cloud: "aws", account: "123456789012", type: "aws:iam/role:Role" };

function record(id: string, inputs: CloudRecord["inputs"] = {}): CloudRecord {
  return { ...drawer, region: "global", id, urn: `urn:${id}`, createdAt: "", inputs, computed: {} };
}

const roles = () => join(folder, "aws", "123456789012", "iam.Role", "global");

test("a record is one file, which another store of the same folder sees", async () => {
  await store.create(record("reader", { path: "/" }));

  expect(fs.existsSync(join(roles(), "reader.json"))).toBe(true);
  expect(await new CloudStore(folder).get(record("reader"))).toEqual(record("reader", { path: "/" }));
});

test("a second record of the same id is refused, and the first stays", async () => {
  await store.create(record("reader", { path: "/one/" }));

  await expect(store.create(record("reader", { path: "/two/" }))).rejects.toThrow(RecordExists);
  expect((await store.get(record("reader")))?.inputs).toEqual({ path: "/one/" });
});

test("of many writers that create the same record at once, one wins", async () => {
  const attempts = Array.from({ length: 20 }, () =>
    store.create(record("reader")).then(
      () => "created",
      () => "refused",
    ),
  );

  expect((await Promise.all(attempts)).filter((outcome) => outcome === "created")).toHaveLength(1);
});

test("an update replaces the record as a whole", async () => {
  await store.create(record("reader", { path: "/one/", description: "old" }));
  await store.update(record("reader", { path: "/two/" }));

  expect((await store.get(record("reader")))?.inputs).toEqual({ path: "/two/" });
});

test("records are listed in the same order every time, and only those of their type", async () => {
  await store.create(record("writer"));
  await store.create(record("reader"));
  await store.create({ ...record("reader"), type: "aws:iam/policy:Policy" });

  expect((await store.list(drawer)).map(({ id }) => id)).toEqual(["reader", "writer"]);
});

test.each(["arn:aws:iam::1:role/a b", "../../escape", "*", `${"long/".repeat(80)}end`])(
  "any id is a file in its folder: %s",
  async (id) => {
    await store.create(record(id));

    expect((await store.get(record(id)))?.id).toBe(id);
    expect(readdirSync(roles())).toHaveLength(1);
  },
);

test("two long ids with the same beginning do not collide", async () => {
  const beginning = "x".repeat(300);
  await store.create(record(`${beginning}1`));
  await store.create(record(`${beginning}2`));

  expect(await store.list(drawer)).toHaveLength(2);
});

test("deleting the last record leaves no folder behind, and deleting nothing is no fault", async () => {
  await store.create(record("reader"));
  await store.delete(record("reader"));
  await store.delete(record("reader"));

  expect(readdirSync(folder)).toEqual([]);
});

test("what a killed writer left is no record, and goes with the folder", async () => {
  await store.create(record("reader"));
  writeFileSync(join(roles(), `.${await endedProcess()}.abc.tmp`), '{"half":');

  expect(await store.list(drawer)).toHaveLength(1);
  await store.delete(record("reader"));
  expect(readdirSync(folder)).toEqual([]);
});

test("what a living writer is writing is left alone", async () => {
  await store.create(record("reader"));
  writeFileSync(join(roles(), `.${process.pid}.abc.tmp`), "{}");
  await store.delete(record("reader"));

  expect(readdirSync(roles())).toEqual([`.${process.pid}.abc.tmp`]);
});

test("a full disk is named as such, with what to do, and no part of the record stays", async () => {
  const full = Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
  jest.spyOn(jest.requireMock("node:fs/promises"), "writeFile").mockImplementation(async (file) => {
    fs.writeFileSync(String(file), '{"half":');
    throw full;
  });

  await expect(store.create(record("reader"))).rejects.toThrow(/no space left.*XDG_CACHE_HOME/);
  expect(readdirSync(roles())).toEqual([]);
});

test("a record that somebody broke by hand is named with its file", async () => {
  mkdirSync(roles(), { recursive: true });
  writeFileSync(join(roles(), "reader.json"), "{broken");

  await expect(store.get(record("reader"))).rejects.toThrow(/reader\.json is not valid JSON/);
});

/** The number of a process that has ended. */
async function endedProcess(): Promise<number | undefined> {
  const file = join(folder, "end.js");
  writeFileSync(file, "");
  const child = fork(file, { execArgv: [] });
  await once(child, "exit");
  rmSync(file);
  return child.pid;
}
