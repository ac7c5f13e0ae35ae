import { Failure } from "../cli/failure";
import { outputOf } from "./program-output";

test("what a program prints is handed on, from the folder that it runs in", async () => {
  expect(await outputOf("/", process.execPath, "-p", "process.cwd()")).toBe("/\n");
});

test("a program that is not there is told from one that fails, and neither is a bug", async () => {
  await expect(outputOf("/", "no-such-program")).rejects.toEqual(
    new Failure("no-such-program is not on the PATH"),
  );
  const failing = outputOf("/", process.execPath, "-e", "console.error('no such stack'); process.exit(3)");
  await expect(failing).rejects.toBeInstanceOf(Failure);
  await expect(failing).rejects.toThrow(/no such stack$/);
});

test("whoever lacks Pulumi learns where it can be had", async () => {
  const path = process.env.PATH;
  process.env.PATH = "/nowhere";
  try {
    await expect(outputOf("/", "pulumi", "version")).rejects.toThrow(
      "pulumi is not on the PATH: https://www.pulumi.com/docs/install",
    );
  } finally {
    process.env.PATH = path;
  }
});
