import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Pulumi's SDK in a process of its own: jest has its own way to load modules. */
function loaded(script: string): unknown {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      "--require",
      join(__dirname, "../../../cli/typescript.js"),
      "--eval",
      `${script}; process.stdout.write(JSON.stringify(answer))`,
    ],
    { cwd: __dirname, encoding: "utf8" },
  );
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

const modules = `Object.keys(require.cache).filter((file) => file.includes(${JSON.stringify(join("@npmcli", "arborist", "lib", "arborist"))})).length`;

test("the resolver of npm's dependencies is not loaded with the SDK, and there for whoever asks", () => {
  expect(loaded(`require("@pulumi/policy"); const answer = ${modules} > 0`)).toBe(true);
  expect(loaded(`require("./lazy-arborist"); require("@pulumi/policy"); const answer = ${modules}`)).toBe(0);
  expect(
    loaded(`require("./lazy-arborist");
      const { Arborist } = require("@npmcli/arborist");
      const answer = [new Arborist({ path: process.cwd() }).path, require("@npmcli/arborist").Arborist === Arborist]`),
  ).toEqual([__dirname, true]);
});
