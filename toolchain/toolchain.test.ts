import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { controlPlaneTools } from ".";
import { compareVersions, fitsVersion, parseVersion } from "./installed";
import { buildKey, goModules, moduleOf } from "./modules";
import { inOrderOfNeed, type ToolName, testToolNames, toolNames } from "./tools";
import { pinnedVersion } from "./versions";

describe("versions", () => {
  test.each([
    ["v3.260.0", "3.260.0"],
    ["Kubernetes v1.35.4", "1.35.4"],
    ["etcd Version: 3.6.5\nGit SHA: 1a2b", "3.6.5"],
    ["kwok version v0.8.0 go1.26.8 (linux/amd64)", "0.8.0"],
    ["Client Version: v1.35.4\nKustomize Version: v5.7.1", "1.35.4"],
    ["v3.22+gabc", "3.22"],
    ["promtool, version 3.14.0 (branch: , revision: unknown)", "3.14.0"],
    ["no version here", undefined],
  ])("%j tells %s", (output, version) => {
    expect(parseVersion(output)).toBe(version);
  });

  const cases: readonly (readonly [ToolName, string, boolean])[] = [
    ["pulumi", "3.260.0", true],
    ["pulumi", "3.270.1", true],
    ["pulumi", "3.259.9", false],
    ["pulumi", "4.0.0", false],
    ["kubectl", "1.34.0", true],
    ["kubectl", "1.36.2", true],
    ["kubectl", "1.33.9", false],
    ["kubectl", "1.37.0", false],
    ["helm", "3.1.0", true],
    ["helm", "4.0.0", false],
    ["kube-apiserver", "1.35.0", true],
    ["kube-apiserver", "1.34.4", false],
    ["etcd", "3.6.1", true],
    ["etcd", "3.5.9", false],
    ["kwok", "0.8.1", true],
    ["kwok", "0.7.0", false],
    ["promtool", "3.14.1", true],
    ["promtool", "3.13.0", false],
  ];
  test.each(cases)("%s %s on the PATH fits: %s", (tool, version, fits) => {
    expect(fitsVersion(tool, version)).toBe(fits);
  });

  test.each([
    ["1.9", "1.25", -1],
    ["1.26.1", "1.26.0", 1],
    ["1.26", "1.26.0", 0],
  ])("%s against %s: %d", (one, other, result) => {
    expect(compareVersions(one, other)).toBe(result);
  });
});

test("control planes come first, then the engine, then what objects need, and last what tests need", () => {
  const order = inOrderOfNeed(["actionlint", "helm", "pulumi", ...controlPlaneTools, "promtool", "kubectl"]);
  expect(new Set(order.slice(0, 5))).toEqual(new Set(controlPlaneTools));
  expect(order.slice(5)).toEqual(["pulumi", "kubectl", "helm", "promtool", "actionlint"]);
});

describe("pins", () => {
  test.each([...toolNames, ...testToolNames])(
    "%s has a module that requires its pinned version",
    async (tool) => {
      const { module } = moduleOf(tool);
      expect(await readFile(join(module.folder, "go.mod"), "utf8")).toContain(` v${pinnedVersion(tool)}`);
    },
  );

  test("a build's key changes with each pin, and only then", async () => {
    const folder = await mkdtemp(join(tmpdir(), "module-"));
    try {
      const keyWith = async (mod: string, sum: string, linkerFlags: string, experiment?: string) => {
        await writeFile(join(folder, "go.mod"), mod);
        await writeFile(join(folder, "go.sum"), sum);
        return buildKey({ folder, linkerFlags, ...(experiment !== undefined && { experiment }) });
      };
      const key = await keyWith("a", "b", "c");
      expect(await keyWith("a", "b", "c")).toBe(key);
      const others = [
        await keyWith("A", "b", "c"),
        await keyWith("a", "B", "c"),
        await keyWith("a", "b", "C"),
        await keyWith("a", "b", "c", "d"),
      ];
      expect(new Set([key, ...others]).size).toBe(5);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("no two modules share a key", () => {
    expect(new Set(goModules.map(buildKey)).size).toBe(goModules.length);
  });
});
