import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { codeVersion, filesOf } from "./code-version";

const root = join(__dirname, "../../..");

test("the version is of the controller's own files, of what it shares with the sandbox, and of the operators", () => {
  const controller = join(root, "simulation/cloud-controller.ts");
  const files = filesOf(controller).map((file) => relative(root, file));
  expect(files).toEqual(
    expect.arrayContaining([
      "simulation/cloud-controller.ts",
      "sandbox/cluster/cloud-controller/control.ts",
      "simulation/operators/operators.ts",
      "sandbox/api-server/client.ts",
      "simulation/stood-in/objects.ts",
      "model/operators/redis/resources.ts",
    ]),
  );
  expect(files.filter((file) => file.startsWith("..") || /\.test\.ts$/.test(file))).toEqual([]);
  expect(codeVersion(controller)).toMatch(/^[0-9a-f]{16}$/);
});

test("imports are followed through files, folders and circles; packages are not the project's", () => {
  const folder = mkdtempSync(join(tmpdir(), "code-version-"));
  try {
    mkdirSync(join(folder, "parts"));
    writeFileSync(join(folder, "main.ts"), 'import { z } from "zod";\nimport { one } from "./one";\n');
    writeFileSync(
      join(folder, "one.ts"),
      'export { all } from "./parts";\nimport type { M } from "./main";\n',
    );
    writeFileSync(join(folder, "parts", "index.ts"), "export const all = 1;\n");
    writeFileSync(join(folder, "other.ts"), "");
    expect(filesOf(join(folder, "main.ts")).map((file) => relative(folder, file))).toEqual([
      "main.ts",
      "one.ts",
      "parts/index.ts",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
