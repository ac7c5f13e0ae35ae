import { join } from "node:path";
import { Failure } from "../cli/failure";
import { readPlan } from "./read-plan";
import { reviewedFolder } from "./reviewed";

const preview = join(__dirname, "fixtures", "preview.json");

test("without a path it is the reviewed plan", () => {
  expect(readPlan("dev").resources).toEqual(readPlan("dev", reviewedFolder("dev")).resources);
});

test("a file is a preview", () => {
  expect(readPlan("dev", preview).resources.map(({ urn }) => urn)).toContain("ai-platform:apps:Aiaas::aiaas");
});

test("a file that is no preview is named", () => {
  expect(() => readPlan("dev", __filename)).toThrow(Failure);
  expect(() => readPlan("dev", __filename)).toThrow(`${__filename}: this is no preview`);
});

test("where there is nothing, the path is named", () => {
  expect(() => readPlan("dev", "build/none")).toThrow(/no plan of dev in .*build\/none/);
});
