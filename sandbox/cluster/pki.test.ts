import { X509Certificate } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writePki } from "./pki";

const folder = mkdtempSync(join(tmpdir(), "pki-"));
const now = Date.now();
const year = 366 * 86_400_000;

afterAll(() => rmSync(folder, { recursive: true }));

test("certificates that a process makes whose clock is years ahead are valid for others now, and for it for years", async () => {
  jest.useFakeTimers({
    now: now + 3 * year,
    doNotFake: ["nextTick", "queueMicrotask", "setImmediate", "setTimeout"],
  });
  try {
    await writePki(join(folder, "pki"));
  } finally {
    jest.useRealTimers();
  }
  const files = readdirSync(join(folder, "pki")).filter((file) => file.endsWith(".crt"));
  expect(files).toContain("apiserver.crt");
  for (const file of files) {
    const { validFrom, validTo } = new X509Certificate(readFileSync(join(folder, "pki", file)));
    expect({ file, isValid: Date.parse(validFrom) < now && Date.parse(validTo) > now + 9 * year }).toEqual({
      file,
      isValid: true,
    });
  }
});
