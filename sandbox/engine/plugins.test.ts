import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adoptOfficialPlugins } from "./plugins";

let folder: string;
let home: string;
let env: NodeJS.ProcessEnv;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ai-platform-plugins-"));
  home = join(folder, "home");
  env = { PULUMI_HOME: join(folder, "user"), PATH: join(folder, "bin") };
  sdk("random", "4.21.2");
  sdk("kubernetes", "4.34.2");
  sdk("aws", "7.0.0");
});

afterEach(() => rmSync(folder, { recursive: true }));

function sdk(name: string, version: string): void {
  write(
    join(folder, "project", "node_modules", "@pulumi", name),
    "package.json",
    JSON.stringify({ version }),
  );
}

function write(parent: string, file: string, text = ""): void {
  mkdirSync(parent, { recursive: true });
  writeFileSync(join(parent, file), text);
}

function install(plugin: string, file: string): void {
  write(join(folder, "user", "plugins", plugin), file, "official");
}

const adopt = () => adoptOfficialPlugins(home, join(folder, "project"), env);
const adopted = () => readdirSync(join(home, "plugins"));

test("without any, every package has its stand-in", () => {
  expect(adopt()).toEqual([]);
  expect(adopted()).toEqual([]);
});

test("one of the version that the SDK asks for is the engine's too, in a folder that is no link", () => {
  install("resource-random-v4.21.2", "pulumi-resource-random");
  expect(adopt()).toEqual(["random"]);
  const plugin = join(home, "plugins", "resource-random-v4.21.2");
  expect(lstatSync(plugin).isDirectory()).toBe(true);
  expect(readFileSync(join(plugin, "pulumi-resource-random"), "utf8")).toBe("official");
  expect(adopt()).toEqual(["random"]);
});

test("one of another version is left alone: the engine would not take it", () => {
  install("resource-random-v4.18.0", "pulumi-resource-random");
  expect(adopt()).toEqual([]);
  expect(adopted()).toEqual([]);
});

test("those that reach a cloud are left alone", () => {
  install("resource-aws-v7.0.0", "pulumi-resource-aws");
  expect(adopt()).toEqual([]);
});

test("one on the PATH serves in whatever version: the engine takes it first", () => {
  write(join(folder, "bin"), "pulumi-resource-kubernetes");
  expect(adopt()).toEqual(["kubernetes"]);
});

test("one that the user has removed, or that was adopted as a link, does not stay", () => {
  install("resource-random-v4.21.2", "pulumi-resource-random");
  mkdirSync(join(home, "plugins"), { recursive: true });
  symlinkSync(
    join(folder, "user", "plugins", "resource-random-v4.21.2"),
    join(home, "plugins", "resource-random-v4.21.2"),
  );
  expect(adopt()).toEqual(["random"]);
  expect(lstatSync(join(home, "plugins", "resource-random-v4.21.2")).isDirectory()).toBe(true);
  rmSync(join(folder, "user"), { recursive: true });
  expect(adopt()).toEqual([]);
  expect(adopted()).toEqual([]);
});
