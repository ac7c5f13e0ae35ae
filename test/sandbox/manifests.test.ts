import { rmSync } from "node:fs";
import { join } from "node:path";
import { Sandbox } from "./sandbox";

const project = join(__dirname, "fixtures", "operator");
const sandbox = new Sandbox(project);

afterAll(() => {
  sandbox.remove();
  rmSync(join(project, "build"), { recursive: true, force: true });
});

describe("a project with one manifest that is there and one that cannot be had", () => {
  test("comes up with the one, and says of the other that it is only recorded", async () => {
    const output = await sandbox.succeed("up", "whole", "--verbose");
    const { releases, resources } = sandbox.summary("whole");
    expect(releases).toEqual({ installed: ["here"], recorded: ["away"] });
    expect(resources).toMatchObject({
      "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition": 1,
      "kubernetes:core/v1:Namespace": 1,
      "kubernetes:operator.example.com/v1:Widget": 1,
    });
    expect(output).toContain("recorded, not installed: http://127.0.0.1:4 does not answer");
    expect(output).toContain("1 recorded only, because the chart or manifest was not available: away");
  });

  test("a second up changes nothing", async () => {
    await sandbox.succeed("up", "whole");
    expect(Object.keys(sandbox.summary("whole").changes)).toEqual(["same"]);
  });
});

test("a manifest that is none stops the run with the place of the fault, and counts as nothing", async () => {
  const { code, output } = await sandbox.run("up", "broken");
  expect(code).toBe(1);
  expect(output).toContain("broken.yaml, document 1: kind is missing in");
  expect(sandbox.summary("broken").releases.installed).toEqual([]);
});

test("destroy leaves nothing of either", async () => {
  await sandbox.succeed("destroy", "whole");
  await sandbox.succeed("destroy", "broken");
  expect({ processes: sandbox.processes(), files: sandbox.files("clusters", "clouds") }).toEqual({
    processes: [],
    files: [],
  });
});
