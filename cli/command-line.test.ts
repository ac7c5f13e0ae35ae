import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command-line";
import { Failure } from "./failure";

/** Runs a command. Returns its exit code and its error output. */
async function outcomeOf(work: () => boolean | Promise<boolean>) {
  const before = process.exitCode;
  const written: string[] = [];
  const stderr = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  try {
    await run(work)({});
    return { exitCode: process.exitCode, error: written.join("") };
  } finally {
    stderr.mockRestore();
    process.exitCode = before;
  }
}

test("success ends with exit code 0, a reported failure with 1", async () => {
  expect(await outcomeOf(() => true)).toEqual({ exitCode: 0, error: "" });
  expect(await outcomeOf(async () => false)).toEqual({ exitCode: 1, error: "" });
});

test("a failure shows only its message", async () => {
  const outcome = await outcomeOf(() => {
    throw new Failure("no stack of that name");
  });
  expect(outcome).toEqual({ exitCode: 1, error: "error: no stack of that name\n" });
});

test("a bug shows its stack trace", async () => {
  const { exitCode, error } = await outcomeOf(async () => {
    throw new TypeError("not a function");
  });
  expect(exitCode).toBe(1);
  expect(error).toContain("error: TypeError: not a function\n    at ");
});

test("what the system refuses is told with its path, without a stack trace", async () => {
  const { error } = await outcomeOf(() => {
    mkdirSync(join(__filename, "build"));
    return true;
  });
  expect(error.split("\n")).toEqual([
    expect.stringContaining(
      `ENOTDIR: not a directory, mkdir '${__filename}/build'. Check what is there, and that this user may change it`,
    ),
    "",
  ]);
});

test("a full disk is reported with what to do", async () => {
  const { error } = await outcomeOf(() => Promise.reject(new Error("write: no space left on device")));
  expect(error).toMatch(/^error: The disk is full\..*\nwrite: no space left on device\n$/);
});
