import entryPoint = require("./index");

import { program } from "./program";

jest.mock("./program", () => ({ program: jest.fn() }));

const runs = jest.mocked(program);

const translatingBefore = process.sourceMapsEnabled;
afterAll(() => process.setSourceMapsEnabled(translatingBefore));

test("Pulumi gets a function to call, and the stack's outputs from it", async () => {
  runs.mockResolvedValue({ clusters: {} });
  await expect(entryPoint()).resolves.toEqual({ clusters: {} });
});

test("stack traces are translated again when the program ends, and when it fails", async () => {
  const during: boolean[] = [];
  process.setSourceMapsEnabled(true);
  runs.mockImplementation(async () => {
    during.push(process.sourceMapsEnabled);
    throw new Error("refused");
  });
  await expect(entryPoint()).rejects.toThrow("refused");
  expect({ during, after: process.sourceMapsEnabled }).toEqual({ during: [false], after: true });
});
