import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fingerprint } from "./fingerprint";
import { repository as ownRepository } from "./project-copy";
import { runFolder } from "./run-folder";

const repository = mkdtempSync(join(runFolder(), "repository-"));

afterAll(() => rmSync(repository, { recursive: true }));

function write(file: string, text: string): void {
  const path = join(repository, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

beforeEach(() => write("infra/cluster/index.ts", "export {};"));

test("is the same as long as nothing changes", () => {
  expect(fingerprint(ownRepository)).toBe(fingerprint(ownRepository));
});

test.each(["infra/cluster/index.ts", "Pulumi.dev.yaml", "model/new.ts", "node_modules/.package-lock.json"])(
  "is another one when %s changes",
  (file) => {
    const before = fingerprint(repository);
    write(file, "export const changed = true;");
    expect(fingerprint(repository)).not.toBe(before);
  },
);

test("is another one when a file is gone", () => {
  const before = fingerprint(repository);
  rmSync(join(repository, "infra/cluster/index.ts"));
  expect(fingerprint(repository)).not.toBe(before);
});

test.each(["build/summary/dev.json", "docs/page.md", "test/other.test.ts"])("does not look at %s", (file) => {
  const before = fingerprint(repository);
  write(file, "changed");
  expect(fingerprint(repository)).toBe(before);
});
