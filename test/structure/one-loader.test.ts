import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");

function text(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

test("everything that runs TypeScript here loads it the same way", () => {
  const { scripts, dependencies } = JSON.parse(text("package.json"));
  const loaders = [...Object.values<string>(scripts), text("Pulumi.yaml")].flatMap((line) =>
    [...line.matchAll(/--require (\S+)/g)].map(([, loader]) => loader),
  );
  expect(loaders.length).toBeGreaterThan(10);
  expect(new Set(loaders)).toEqual(new Set(["./cli/typescript.js"]));
  // The policy pack is published by itself, and brings a loader of its own.
  expect(Object.keys(dependencies)).not.toContain("esbuild-register");
});
