import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
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

describe("a passphrase that Pulumi refuses", () => {
  const folder = mkdtempSync(join(tmpdir(), "passphrase-"));
  const before = { ...process.env };

  beforeAll(() => {
    const pulumi = join(folder, "pulumi");
    writeFileSync(
      pulumi,
      '#!/bin/sh\n[ -n "$PULUMI_CONFIG_PASSPHRASE" ] && echo "error: incorrect passphrase" >&2 ' +
        '|| echo "error: passphrase must be set with PULUMI_CONFIG_PASSPHRASE" >&2\nexit 255\n',
    );
    chmodSync(pulumi, 0o755);
    delete process.env.PULUMI_CONFIG_PASSPHRASE;
    delete process.env.PULUMI_CONFIG_PASSPHRASE_FILE;
    process.env.PATH = `${folder}${delimiter}${before.PATH}`;
  });

  afterAll(() => {
    Object.assign(process.env, before);
    rmSync(folder, { recursive: true });
  });

  const failure = () => outputOf("/", "pulumi", "stack", "output").catch((error: unknown) => String(error));

  test("is told with the variable that has it and what to do, and not shown", async () => {
    process.env.PULUMI_CONFIG_PASSPHRASE = "a-wrong-passphrase";
    const said = await failure();
    delete process.env.PULUMI_CONFIG_PASSPHRASE;
    expect(said).toContain("error: incorrect passphrase\n");
    expect(said).toContain("that of PULUMI_CONFIG_PASSPHRASE does not fit. Set PULUMI_CONFIG_PASSPHRASE to");
    expect(said).not.toContain("a-wrong-passphrase");
  });

  test("is told from none at all", async () => {
    expect(await failure()).toContain("and none is given. Set PULUMI_CONFIG_PASSPHRASE to");
  });
});
