import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ObjectFacts } from "../facts/object";
import { readLock } from "./lock";
import { type LockedRelease, parseLockFile, renderLockFile } from "./lock-file";

const chartLabels = { "helm.sh/chart": "shop-1.2.3", "app.kubernetes.io/version": "4.5.6" };
const cacheLabels = { chart: "cache-0.1.0", heritage: "Helm" };

const objects: readonly ObjectFacts[] = [
  { kind: "Service", name: "cache", namespace: "shop", labels: cacheLabels, ports: [{ port: 6379 }] },
  { kind: "ServiceAccount", name: "cache", namespace: "shop", labels: { ...cacheLabels, tier: "data" } },
  { kind: "ClusterRole", name: "web", labels: chartLabels },
  { kind: "Certificate", name: "web", namespace: "shop", secret: "web-tls" },
  {
    kind: "Service",
    name: "web",
    namespace: "shop",
    labels: { ...chartLabels, app: "web" },
    ports: [{ port: 80 }],
  },
];

const release: LockedRelease = {
  release: "shop",
  namespace: "shop",
  chart: "shop",
  version: "1.2.3",
  repository: "https://charts.example.com",
  digest: "open",
  values: `sha256:${"a".repeat(64)}`,
  kubernetes: "1.35",
  objects,
};

const text = renderLockFile(release, "npm run lock -- --release shop");

test("a release is read as it was written, its objects sorted", () => {
  const [cacheService, account, role, certificate, webService] = objects;
  expect(parseLockFile(text, "shop.yaml")).toEqual({
    ...release,
    objects: [certificate, role, cacheService, webService, account],
  });
});

test("labels that all objects of a chart share stand in the header alone", () => {
  expect(text.match(/shop-1\.2\.3/g)).toHaveLength(1);
  expect(text.match(/cache-0\.1\.0/g)).toHaveLength(1);
});

describe("a stack", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lock-"));
    mkdirSync(join(folder, "prod", "aws"), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("has the releases of its clusters' folders", () => {
    writeFileSync(join(folder, "prod", "aws", "shop.yaml"), text);
    expect(readLock("prod", folder)).toMatchObject([
      { cluster: "aws", file: "prod/aws/shop.yaml", release: "shop" },
    ]);
    expect(readLock("dev", folder)).toEqual([]);
  });

  test("whose files are at fault names each, the place and what is wrong there", () => {
    writeFileSync(join(folder, "prod", "aws", "a.yaml"), text.replace("digest: open", "digest: md5"));
    writeFileSync(
      join(folder, "prod", "aws", "b.yaml"),
      text.replace("kind: Certificate", "sort: Certificate"),
    );
    writeFileSync(join(folder, "prod", "aws", "c.yaml"), text.replace("chart: cache\n", "chart: cash\n"));
    writeFileSync(join(folder, "prod", "aws", "d.yaml"), "a: [");
    const read = () => readLock("prod", folder);
    expect(read).toThrow("prod/aws/a.yaml, header is no part of a chart lock:\n  digest: ");
    expect(read).toThrow("prod/aws/b.yaml, document 2 is no part of a chart lock:\n  kind: ");
    expect(read).toThrow(
      "prod/aws/c.yaml, document 4: Service cache: chart is cash; the header's labels are of cache, shop",
    );
    expect(read).toThrow("prod/aws/d.yaml is not YAML: ");
  });
});
