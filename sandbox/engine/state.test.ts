import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stateFile } from "./pulumi-folders";
import { readState } from "./state";

const before = process.env.XDG_CACHE_HOME;
const cache = mkdtempSync(join(tmpdir(), "state-"));
const project = { name: "shop", directory: cache, main: join(cache, "index.ts"), stacks: ["dev"] };

beforeAll(() => {
  process.env.XDG_CACHE_HOME = cache;
});

afterAll(() => {
  if (before === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = before;
  rmSync(cache, { recursive: true });
});

function store(content: object): void {
  const file = stateFile(project, "dev");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
}

const bucket = { urn: "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::logs", type: "aws:s3/bucket:Bucket" };

test("holds what the engine has stored, as it takes it back", async () => {
  const latest = {
    manifest: { version: "v3" },
    resources: [bucket],
    pending_operations: [{ type: "creating" }],
  };
  store({ version: 4, features: ["taint"], checkpoint: { stack: "organization/shop/dev", latest } });
  const { deployment, resources, pendingOperations } = await readState(project, "dev");
  expect(resources).toEqual([{ ...bucket, custom: false, inputs: {}, outputs: {} }]);
  expect(pendingOperations).toBe(1);
  expect(deployment).toMatchObject({
    version: 4,
    features: ["taint"],
    deployment: { manifest: { version: "v3" } },
  });
});

test("is empty where nothing was made yet", async () => {
  store({ version: 3, checkpoint: { stack: "organization/shop/dev", latest: null } });
  expect(await readState(project, "dev")).toMatchObject({ resources: [], pendingOperations: 0 });
});

test("cannot be read of a stack that is not there", async () => {
  await expect(readState(project, "prod")).rejects.toThrow("prod.json");
});
