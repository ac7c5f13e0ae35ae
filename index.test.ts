import entryPoint = require("./index");

import { program } from "./program";

jest.mock("./program", () => ({ program: jest.fn() }));

const runs = jest.mocked(program);

const translatingBefore = process.sourceMapsEnabled;
const hookBefore = Error.prepareStackTrace;
afterAll(() => {
  process.setSourceMapsEnabled(translatingBefore);
  Error.prepareStackTrace = hookBefore;
});

test("Pulumi gets a function to call, and the stack's outputs from it", async () => {
  runs.mockResolvedValue({ clusters: {} });
  await expect(entryPoint()).resolves.toEqual({ clusters: {} });
});

test("stack traces are translated again when the program ends, and when it fails", async () => {
  const hook = () => "translated";
  const during: unknown[] = [];
  process.setSourceMapsEnabled(true);
  Error.prepareStackTrace = hook;
  runs.mockImplementation(async () => {
    during.push(process.sourceMapsEnabled, Error.prepareStackTrace);
    throw new Error("refused");
  });
  await expect(entryPoint()).rejects.toThrow("refused");
  const after = [process.sourceMapsEnabled, Error.prepareStackTrace];
  expect({ during, after }).toEqual({ during: [false, undefined], after: [true, hook] });
});
