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

test("where there is nothing, the path is named, and how to write a plan", () => {
  expect(() => readPlan("dev", "build/none")).toThrow(
    /^--plan: there is no .*build\/none\. Example: --plan plan\.json/,
  );
  expect(() => readPlan("dev", __dirname)).toThrow(`no plan of dev in ${__dirname}`);
});

test("a stack that does not exist is refused with those that do", () => {
  expect(() => readPlan("nope")).toThrow(
    'There is no stack "nope": dev, prod, staging have a reviewed plan. Example: --stack dev',
  );
});
