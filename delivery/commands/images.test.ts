import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { stackSchema } from "../../apps/registry";
import { reviewedPlan } from "../../test/golden/plan";
import { filledStackFile } from "../../test/support/real-values";
import { readStackFile } from "../stack-file";
import { systemImages } from "../system-images";
import { images } from "./images";

const repository = join(__dirname, "..", "..");
const page = readFileSync(join(repository, "docs", "registry.md"), "utf8");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "images-"));
  writeFileSync(join(folder, "Pulumi.prod.yaml"), filledStackFile("prod"));
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function printed(): string {
  const chunks: string[] = [];
  jest.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    chunks.push(String(chunk));
    return true;
  });
  images({ projectDirectory: folder, stack: "prod" });
  return chunks.join("");
}

test("every image that somebody has to push is a line, and each is in a project", () => {
  const lines = printed().trim().split("\n");
  expect(lines).toContain("registry.atlas-financial.com/atlas/ai-engine:v2.0.0");
  expect(lines).not.toContainEqual(expect.stringContaining("vllm"));
  expect(lines.filter((line) => line.split("/").length < 3)).toEqual([]);
  expect(new Set(lines).size).toBe(lines.length);
});

/** Images of the systems' registries in the reviewed plan of a stack. */
function planned(stack: string, registries: readonly string[]): readonly string[] {
  const found = [...reviewedPlan(stack).values()].flatMap((text) => [
    ...text.matchAll(/"image": "([^"]+)"/g),
  ]);
  const images = found.map(([, image = ""]) => image);
  return [...new Set(images)].filter((image) => registries.some((one) => image.startsWith(`${one}/`))).sort();
}

test.each(["dev", "staging", "prod"])("they are those of the plan of %s, and no others", (stack) => {
  const config = stackSchema.parse(readStackFile(repository, stack).own);
  const registries = Object.values(config.systems).flatMap((system) => system?.images.registry ?? []);
  const printed = systemImages(config).map(({ image }) => image);
  expect([...new Set(printed)].sort()).toEqual(planned(stack, registries));
});

test("the page's loop copies each of them from where it was built", () => {
  const lines = printed();
  const [, loop = ""] = /```sh\n(SOURCE=[\s\S]*?)```/.exec(page) ?? [];
  expect(loop).toContain("npm run --silent images -- --stack prod");
  writeFileSync(join(folder, "npm"), `#!/bin/sh\ncat "${folder}/list"\n`);
  writeFileSync(join(folder, "skopeo"), `#!/bin/sh\necho "$@" >> "${folder}/copied"\n`);
  writeFileSync(join(folder, "list"), lines);
  for (const program of ["npm", "skopeo"]) chmodSync(join(folder, program), 0o755);
  execFileSync("sh", ["-c", loop], { env: { PATH: [folder, process.env.PATH].join(delimiter) } });
  const copied = readFileSync(join(folder, "copied"), "utf8").trim().split("\n");
  expect(copied).toHaveLength(lines.trim().split("\n").length);
  expect(copied).toContain(
    "copy --all docker://ghcr.io/atlas-financial/ai-engine:v2.0.0 docker://registry.atlas-financial.com/atlas/ai-engine:v2.0.0",
  );
});
