import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeFolders, pulumiFolders } from "./pulumi-folders";

describe("the folders that the engine works in", () => {
  const before = process.env.XDG_CACHE_HOME;
  const cache = mkdtempSync(join(tmpdir(), "pulumi-folders-"));
  const project = { name: "shop", directory: cache, main: join(cache, "index.ts"), stacks: [] };

  beforeAll(() => {
    process.env.XDG_CACHE_HOME = cache;
  });

  afterAll(() => {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
    rmSync(cache, { recursive: true });
  });

  test("are there afterwards, with no folder for the CLI's logs", () => {
    makeFolders(project);
    expect(statSync(pulumiFolders.workspace(project)).isDirectory()).toBe(true);
    expect(statSync(pulumiFolders.state()).isDirectory()).toBe(true);
    expect(() => mkdirSync(join(pulumiFolders.home(), "logs"), { recursive: true })).toThrow("EEXIST");
  });

  test("lose the logs that a CLI began to keep, and may be made again", () => {
    const logs = join(pulumiFolders.home(), "logs");
    rmSync(logs, { recursive: true, force: true });
    mkdirSync(logs, { recursive: true });
    writeFileSync(join(logs, "pulumi.log"), "");
    makeFolders(project);
    makeFolders(project);
    expect(statSync(logs).isFile()).toBe(true);
  });
});
