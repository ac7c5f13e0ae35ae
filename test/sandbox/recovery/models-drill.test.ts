import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { copyOf, corrupt, onlyBackup, rewriteManifest, truncate } from "./damage";
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
    const truncated = copyOf(copy, "truncated");
    truncate(join(truncated, weights));
    for (const damaged of [missing, truncated]) {
      expect(await check(damaged)).toEqual({
        code: 1,
        output: expect.stringMatching(
          /FAILED: the copy lacks, or has in another size: \d+ mlflow\/1\/run of one/,
        ),
      });
    }
    const corrupted = copyOf(copy, "corrupted");
    corrupt(join(corrupted, weights));
    expect(await check(corrupted)).toEqual({
      code: 1,
      output: expect.stringMatching(/FAILED: the copy differs from the models in use/),
    });
  });

  test("with fewer than its manifest counts, it is caught", async () => {
    const damaged = copyOf(destination, "miscounted");
    rewriteManifest(onlyBackup(damaged), (text) => text.replace("count 2 ", "count 3 "));
    expect(await task("models-check.sh", { DESTINATION: damaged })).toEqual({
      code: 1,
      output: expect.stringMatching(/FAILED: The list of models of \S+ differs from its manifest/),
    });
  });
});
