import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const repository = join(__dirname, "../..");

function packageJson(folder: string): { readonly dependencies: object; readonly devDependencies: object } {
  const file = join(repository, folder, "package.json");
  return { dependencies: {}, devDependencies: {}, ...JSON.parse(readFileSync(file, "utf8")) };
}

const sandbox = packageJson("sandbox").dependencies;

/** Names of packages that the sandbox's code, without its tests, imports. */
function imported(): ReadonlySet<string> {
  const files = execFileSync("git", ["ls-files", "sandbox"], { cwd: repository, encoding: "utf8" })
    .split("\n")
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  const specifiers = files.flatMap((file) =>
    [...readFileSync(join(repository, file), "utf8").matchAll(/\bfrom "([^."][^"]*)"/g)].map(
      ([, found = ""]) => found,
    ),
  );
  return new Set(
    specifiers
      .filter((specifier) => !specifier.startsWith("node:"))
      .map((specifier) => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/")),
  );
}

test("the sandbox's package.json has what it imports, and nothing else", () => {
  // Loaded by other packages: the library of certificates wants this one, and does not bring it.
  const others = ["reflect-metadata"];
  expect([...new Set([...imported(), ...others])].sort()).toEqual(Object.keys(sandbox).sort());
});

test("it and the program have one version of a package", () => {
  const { dependencies, devDependencies } = packageJson(".");
  const versions = new Map(Object.entries({ ...dependencies, ...devDependencies }));
  const differing = Object.entries(sandbox).filter(
    ([name, version]) => versions.has(name) && versions.get(name) !== version,
  );
  expect(differing).toEqual([]);
});
