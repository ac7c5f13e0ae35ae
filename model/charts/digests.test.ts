import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readDefinitions, renderDefinitions } from "./definitions";
import { readDigests } from "./digests";
import { type LockedRelease, renderLockFile } from "./lock-file";

const one = `sha256:${"1".repeat(64)}` as const;
const two = `sha256:${"2".repeat(64)}` as const;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "digests-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function lock(stack: string, release: Partial<LockedRelease>): void {
  mkdirSync(join(folder, stack, "aws"), { recursive: true });
  const whole: LockedRelease = {
    release: "shop",
    namespace: "shop",
    chart: "oci://charts.example.com/shop",
    version: "1.2.3",
    digest: "open",
    values: one,
    kubernetes: "1.35",
    objects: [],
    ...release,
  };
  writeFileSync(join(folder, stack, "aws", `${whole.release}.yaml`), renderLockFile(whole, "npm run lock"));
}

test("an archive may be what any stack's lock says; what is open says nothing", () => {
  lock("dev", { digest: one });
  lock("prod", { digest: two });
  lock("prod", { release: "other", chart: "other" });
  const digests = readDigests(folder);
  expect(digests.chart("shop", "1.2.3")).toEqual([one, two]);
  expect(digests.chart("shop", "1.2.4")).toEqual([]);
  expect(digests.chart("other", "1.2.3")).toEqual([]);
});

test("a manifest's digest is known by its address, and below a mirror's by the file's name", () => {
  const text = renderDefinitions(
    new Map([
      ["https://example.com/b/operator.yaml", one],
      ["https://example.com/a/crds.yaml", one],
      ["https://example.com/b/crds.yaml", two],
      ["https://example.com/c/later.yaml", "open"],
    ]),
  );
  writeFileSync(join(folder, "definitions.yaml"), text);
  const { manifest } = readDigests(folder);
  expect(manifest("https://example.com/b/crds.yaml")).toBe(two);
  expect(manifest("https://mirror.example.com/operator.yaml")).toBe(one);
  expect(manifest("https://mirror.example.com/crds.yaml")).toBeUndefined();
  expect(manifest("https://example.com/c/later.yaml")).toBeUndefined();
});

test("a file that holds something else is refused with what is wrong in it", () => {
  writeFileSync(join(folder, "definitions.yaml"), "https://example.com/a.yaml: md5");
  expect(() => readDefinitions(folder)).toThrow(
    "definitions.yaml is no part of a chart lock:\n  https://example.com/a.yaml: ",
  );
});
