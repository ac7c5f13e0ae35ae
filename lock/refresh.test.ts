import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseLockFile } from "../model/charts/lock-file";
import { Plan } from "../model/plan";
import { plannedReleases } from "./planned";
import { type Outcome, refresh } from "./refresh";

const archive = `sha256:${"1".repeat(64)}` as const;

let folder: string;
let helm: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  helm = join(folder, "helm");
  render("kind: ConfigMap\nmetadata: {name: settings}\ndata: {a: 'http://cache:80'}");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A helm whose charts all make this. It keeps what it was called with. */
function render(manifest: string): void {
  const text = `apiVersion: v1\n${manifest}\n---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a}\n`;
  writeFileSync(join(folder, "manifest"), text);
  const script = `#!/bin/sh\necho "$@" > ${folder}/arguments\ncat ${folder}/manifest\n`;
  writeFileSync(helm, script, { mode: 0o755 });
}

async function lock(version: string, digest: typeof archive | undefined): Promise<Outcome> {
  const [release] = plannedReleases(
    Plan.of("dev", [
      {
        type: "kubernetes:helm.sh/v3:Release",
        name: "shop",
        inputs: { name: "shop", namespace: "web", chart: "shop", version, skipCrds: true, atomic: true },
        options: { provider: "pulumi:providers:kubernetes::local-kubernetes" },
      },
      {
        type: "kubernetes:example.com/v1:Widget",
        name: "widget",
        inputs: {},
        options: { provider: "pulumi:providers:kubernetes::local-kubernetes" },
      },
    ]),
  );
  if (release === undefined) {
    throw new Error("the plan has no release");
  }
  const charts = { find: async () => ({ kind: "found", path: "/charts/shop", digest }) as const };
  return refresh(release, { helm, charts, folder });
}

const written = () => parseLockFile(readFileSync(join(folder, "dev/local/shop.yaml"), "utf8"), "shop.yaml");

test("a release is rendered for its cluster, and the facts of its objects are written", async () => {
  expect(await lock("1.2.3", archive)).toEqual({ kind: "written", digest: archive });
  expect(written()).toMatchObject({
    release: "shop",
    version: "1.2.3",
    digest: archive,
    objects: [{ kind: "ConfigMap", name: "settings", namespace: "web", keys: ["a"], urls: ["cache:80"] }],
  });
  expect(written().objects).toHaveLength(1);
  expect(readFileSync(join(folder, "arguments"), "utf8")).toMatch(
    /^template shop \/charts\/shop --namespace web --kube-version 1\.\d+ --api-versions example\.com\/v1 --api-versions example\.com\/v1\/Widget --skip-crds --values /,
  );
});

test("what has not changed is left as it is", async () => {
  await lock("1.2.3", archive);
  expect(await lock("1.2.3", archive)).toEqual({ kind: "unchanged", digest: archive });
  render("kind: ConfigMap\nmetadata: {name: other}");
  expect(await lock("1.2.3", archive)).toMatchObject({ kind: "written" });
  expect(written().objects).toMatchObject([{ name: "other" }]);
});

test("a folder has no digest: that of the same version stays, of another it is open", async () => {
  expect(await lock("1.2.3", undefined)).toMatchObject({ digest: "open" });
  await lock("1.2.3", archive);
  expect(await lock("1.2.3", undefined)).toMatchObject({ digest: archive });
  expect(await lock("1.2.4", undefined)).toMatchObject({ digest: "open" });
});

test("what helm refuses is a fault, and the lock stays as it was", async () => {
  await lock("1.2.3", archive);
  mkdirSync(join(folder, "bin"));
  helm = join(folder, "bin", "helm");
  writeFileSync(helm, "#!/bin/sh\necho 'Error: values do not meet the schema' >&2\nexit 1\n", {
    mode: 0o755,
  });
  await expect(lock("1.2.4", archive)).rejects.toThrow("values do not meet the schema");
  expect(written().version).toBe("1.2.3");
});
