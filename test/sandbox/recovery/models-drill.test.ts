import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { copyOf, corrupt, rewriteManifest, truncate } from "./damage";
import { describeDrill, Workplace } from "./programs";

describeDrill("models are restored from their copy (R1, R2)", ["rclone"], () => {
  const workplace = new Workplace();
  const source = workplace.path("models");
  const copy = workplace.path("bucket", "copies");
  const destination = workplace.path("bucket", "models");
  const weights = join("mlflow", "1", "run of one", "weights.bin");
  const task = (script: string, settings: Readonly<Record<string, string>> = {}) =>
    workplace.script(script, { SOURCE: source, COPY: copy, DESTINATION: destination, ...settings });
  const check = (copies: string) => task("models-check.sh", { COPY: copies });

  beforeAll(async () => {
    for (const [path, content] of [
      [weights, "0123456789".repeat(1000)],
      ["model-v1.0.0/model_config.json", "{}"],
    ] as const) {
      mkdirSync(dirname(join(source, path)), { recursive: true });
      writeFileSync(join(source, path), content);
    }
    await workplace.must("mkdir", ["-p", workplace.path("bucket")]);
    expect(await task("models-backup.sh")).toEqual({ code: 0, output: expect.stringContaining("backed up") });
  });

  afterAll(() => workplace.close());

  test("byte for byte", async () => {
    expect(await check(copy)).toEqual({ code: 0, output: expect.stringContaining("restored models") });
  });

  test("with one that is missing, truncated or corrupted, it is caught", async () => {
    const missing = copyOf(copy, "missing");
    rmSync(join(missing, weights));
    expect(await check(missing)).toEqual({
      code: 1,
      output: expect.stringMatching(/FAILED: the copy lacks: mlflow\/1\/run of one/),
    });
    const truncated = copyOf(copy, "truncated");
    truncate(join(truncated, weights));
    const corrupted = copyOf(copy, "corrupted");
    corrupt(join(corrupted, weights));
    for (const damaged of [truncated, corrupted]) {
      expect(await check(damaged)).toEqual({
        code: 1,
        output: expect.stringMatching(
          /FAILED: the copy differs from what was backed up: mlflow\/1\/run of one/,
        ),
      });
    }
  });

  test("with what was written again in the same size: bytes are compared, not sizes", async () => {
    writeFileSync(join(source, weights), "9876543210".repeat(1000));
    // Object storage tells seconds, in which a test may write twice.
    const { atime, mtimeMs } = statSync(join(source, weights));
    utimesSync(join(source, weights), atime, mtimeMs / 1000 + 60);
    expect(await task("models-backup.sh")).toEqual({ code: 0, output: expect.stringContaining("backed up") });
    expect(readFileSync(join(copy, weights), "utf8")).toMatch(/^9876543210/);
    expect(await check(copy)).toEqual({ code: 0, output: expect.stringContaining("restored models") });
  });

  test("with what the copy has lost meanwhile", async () => {
    rmSync(join(copy, weights));
    expect(await task("models-backup.sh")).toEqual({ code: 0, output: expect.stringContaining("backed up") });
    expect(await check(copy)).toEqual({ code: 0, output: expect.stringContaining("restored models") });
  });

  test("with fewer than its manifest counts, it is caught", async () => {
    const damaged = copyOf(destination, "miscounted");
    rewriteManifest(newestBackup(damaged), (text) => text.replace("count 2 ", "count 3 "));
    expect(await task("models-check.sh", { DESTINATION: damaged })).toEqual({
      code: 1,
      output: expect.stringMatching(/FAILED: The list of models of \S+ differs from its manifest/),
    });
  });
});

/** The folder of the newest of several backups. */
function newestBackup(destination: string): string {
  return join(destination, readdirSync(destination).sort().at(-1) ?? "");
}
