import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStackFacts } from "../stack-facts";
import { setImage } from "./set-image";

const repository = join(__dirname, "..", "..");
const image = `registry.atlas-financial.com/atlas/ml-pipeline:1a2b3c@sha256:${"a".repeat(64)}`;
const wanted = { stack: "prod", system: "atlas", workload: "ml-pipeline", image };

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "set-image-"));
  copyFileSync(join(repository, "Pulumi.prod.yaml"), join(project, "Pulumi.prod.yaml"));
});

afterEach(() => rmSync(project, { recursive: true }));

function lines(): readonly string[] {
  return readFileSync(join(project, "Pulumi.prod.yaml"), "utf8").split("\n");
}

test("changes the workload's image, and no other line", () => {
  const before = lines();
  setImage({ ...wanted, projectDirectory: project });
  expect(readStackFacts(project, "prod").systems.atlas?.images.of["ml-pipeline"]).toBe(image);
  expect(
    lines()
      .filter((line) => !before.includes(line))
      .join("\n"),
  ).toContain(image);
  expect(before.filter((line) => !lines().includes(line)).length).toBeLessThanOrEqual(1);
});

test("says the same thing twice without a change", () => {
  setImage({ ...wanted, projectDirectory: project });
  const once = lines();
  setImage({ ...wanted, projectDirectory: project });
  expect(lines()).toEqual(once);
});

test.each([
  [{ image: "registry.atlas-financial.com/atlas/ml-pipeline:latest" }, "has no digest"],
  [{ system: "nowhere" }, 'no system "nowhere"'],
  [{ workload: "ml-pipelin" }, 'no workload "ml-pipelin"'],
  [{ stack: "qa" }, 'no stack "qa"'],
  [{ image: `nothing@sha256:${"a".repeat(64)}` }, "nothing@sha256"],
])("refuses %j", (change, message) => {
  const before = lines();
  expect(() => setImage({ ...wanted, projectDirectory: project, ...change })).toThrow(message);
  expect(lines()).toEqual(before);
});
