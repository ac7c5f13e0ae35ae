import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { models } from "../../apps/market-research/buckets";
import { pushModel } from "../../delivery/commands/push-model";
import { keptVersions, modelChecksums, modelFacts, modelFolder, parseModelFolder } from "./contract";

/**
 * Stands in for rclone: folders are buckets. It knows the calls of the upload and of the jobs, and fails on any other.
 * `name:` before a path is a remote, whose buckets are below $BUCKETS.
 */
const rcloneStandIn = `#!/bin/sh
set -eu
place() { case "$1" in *:*) echo "$BUCKETS/\${1#*:}" ;; *) echo "$1" ;; esac; }
command=$1; shift
exclude=
while true; do
  case "$1" in
    --exclude) exclude=$2; shift 2 ;;
    --files-only | --recursive) shift ;;
    *) break ;;
  esac
done
case "$command" in
  lsf) cd "$(place "$1")" && find . -type f | sed 's|^./||' ;;
  copyto) mkdir -p "$(dirname "$(place "$2")")" && cp "$(place "$1")" "$(place "$2")" ;;
  copy) [ -d "$(place "$1")" ] || exit 0
    mkdir -p "$(place "$2")" && cp -R "$(place "$1")/." "$(place "$2")/"
    [ -z "$exclude" ] || rm -f "$(place "$2")/$exclude" ;;
  sync) rm -rf "$(place "$2")"/* && cp -R "$(place "$1")/." "$(place "$2")/" ;;
  *) echo "no such call: $command" >&2; exit 1 ;;
esac
`;

let folder: string;
const { PATH } = process.env;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "models-"));
  for (const name of ["bin", "buckets", "models", "volume"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "bin", "rclone"), rcloneStandIn);
  chmodSync(join(folder, "bin", "rclone"), 0o755);
  process.env.PATH = [join(folder, "bin"), PATH].join(delimiter);
  process.env.BUCKETS = join(folder, "buckets");
});

afterEach(() => {
  process.env.PATH = PATH;
  delete process.env.BUCKETS;
  rmSync(folder, { recursive: true });
});

function train(name: string, facts: unknown = undefined): string {
  const path = join(folder, "models", name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "weights.bin"), `weights of ${name}`);
  const { model, version } = parseModelFolder(name) ?? { model: name, version: "" };
  writeFileSync(join(path, modelFacts), JSON.stringify(facts ?? { name: model, version }));
  return path;
}

function push(modelPath: string): Promise<string> {
  return pushModel({ modelPath, bucket: "models", remote: "s3:" });
}

function run(script: string, environment: Readonly<Record<string, string>>): string {
  return execFileSync("sh", [join(__dirname, "scripts", script)], {
    env: { ...process.env, ...environment },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function sync(...models: readonly string[]): string {
  return run("sync-models.sh", {
    MODELS: models.join(" "),
    SOURCE: "bucket:models/market-research",
    DESTINATION: join(folder, "volume"),
    KEEP_VERSIONS: String(keptVersions),
    MODEL_CONFIG: modelFacts,
    MODEL_CHECKSUMS: modelChecksums,
  });
}

const onVolume = () => readdirSync(join(folder, "volume")).filter((name) => !name.startsWith("."));
const inBucket = (...path: readonly string[]) =>
  join(folder, "buckets", "models", "market-research", ...path);

test("a folder's name and its parts are the same thing", () => {
  expect(parseModelFolder(modelFolder("ner", "1.10.0"))).toEqual({ model: "ner", version: "1.10.0" });
  for (const name of ["ner", "ner-1.0.0", "ner-v1.0", "Ner-v1.0.0", "ner-v1.0.0-rc1"]) {
    expect(parseModelFolder(name)).toBeUndefined();
  }
});

test("what is uploaded is what services find, under the same name", async () => {
  for (const model of models) await push(train(modelFolder(model, "1.1.0")));
  sync("embedder-v1.1.0", "ner-v1.1.0");
  expect(onVolume()).toEqual(["embedder-v1.1.0", "ner-v1.1.0"]);
  expect(readFileSync(join(folder, "volume", "ner-v1.1.0", "weights.bin"), "utf8")).toBe(
    "weights of ner-v1.1.0",
  );
});

test("a version that is there is not uploaded again", async () => {
  const path = train("ner-v1.1.0");
  await push(path);
  writeFileSync(join(path, "weights.bin"), "others");
  await expect(push(path)).rejects.toThrow(
    "has ner-v1.1.0, and a version never changes. Raise the version of the folder, for example: ner-v1.1.1",
  );
});

test.each<[string, unknown, string]>([
  ["ner-1.1.0", undefined, "its folder must be NAME-vMAJOR.MINOR.PATCH"],
  ["nar-v1.1.0", undefined, "no system loads nar; models are triton, embedder, ner"],
  ["ner-v1.1.0", { name: "ner", version: "1.0.0" }, 'has to say { "name": "ner", "version": "1.1.0" }'],
])("%s with %j is refused", async (name, facts, message) => {
  await expect(push(train(name, facts))).rejects.toThrow(message);
});

test("a model without its facts is refused", async () => {
  const path = train("ner-v1.1.0");
  rmSync(join(path, modelFacts));
  await expect(push(path)).rejects.toThrow("model_config.json is missing");
});

describe("the job that brings models", () => {
  test("fails, and says what to do, for a version that was not uploaded", () => {
    expect(() => sync("ner-v1.1.0")).toThrow("has no model ner-v1.1.0: upload it with npm run push-model");
    expect(onVolume()).toEqual([]);
  });

  test("takes no version whose upload did not end", async () => {
    await push(train("ner-v1.1.0"));
    rmSync(inBucket("ner-v1.1.0", modelChecksums));
    expect(() => sync("ner-v1.1.0")).toThrow("the upload of ner-v1.1.0 did not end");
    expect(onVolume()).toEqual([]);
  });

  test("takes no version that is not what was uploaded", async () => {
    await push(train("ner-v1.1.0"));
    writeFileSync(inBucket("ner-v1.1.0", "weights.bin"), "damaged");
    expect(() => sync("ner-v1.1.0")).toThrow("ner-v1.1.0 is not what was uploaded");
    expect(onVolume()).toEqual([]);
  });

  test("leaves a version alone that is there", async () => {
    await push(train("ner-v1.1.0"));
    sync("ner-v1.1.0");
    rmSync(inBucket("ner-v1.1.0"), { recursive: true });
    expect(sync("ner-v1.1.0")).toContain("ner-v1.1.0 is there");
  });

  test("keeps the last three of each model, and the one in use", async () => {
    for (const version of ["1.0.0", "1.2.0", "1.9.0", "1.10.0", "2.0.0"]) {
      await push(train(`ner-v${version}`));
      sync(`ner-v${version}`);
    }
    await push(train("embedder-v1.0.0"));
    sync("embedder-v1.0.0");
    expect(onVolume()).toEqual(["embedder-v1.0.0", "ner-v1.10.0", "ner-v1.9.0", "ner-v2.0.0"]);
    sync("ner-v1.0.0");
    expect(onVolume().sort()).toEqual([
      "embedder-v1.0.0",
      "ner-v1.0.0",
      "ner-v1.10.0",
      "ner-v1.9.0",
      "ner-v2.0.0",
    ]);
  });
});

describe("the job that brings documents", () => {
  const bring = () =>
    run("sync-folder.sh", {
      SOURCE: "bucket:data/market-research/documents",
      DESTINATION: join(folder, "volume"),
    });
  const documents = () => join(folder, "buckets", "data", "market-research", "documents");

  test("makes the volume what the bucket is: what is gone there goes here", () => {
    mkdirSync(documents(), { recursive: true });
    writeFileSync(join(documents(), "one.txt"), "1");
    writeFileSync(join(folder, "volume", "old.txt"), "0");
    bring();
    expect(onVolume()).toEqual(["one.txt"]);
  });

  test("takes an empty folder for a mistake, and deletes nothing", () => {
    mkdirSync(documents(), { recursive: true });
    writeFileSync(join(folder, "volume", "old.txt"), "0");
    expect(bring).toThrow("has no files");
    expect(existsSync(join(folder, "volume", "old.txt"))).toBe(true);
  });
});
