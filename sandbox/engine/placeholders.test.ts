import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { missingSecrets } from "./placeholders";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "placeholders-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function missing(bundles: Readonly<Record<string, unknown>>, config: Readonly<Record<string, unknown>>) {
  const folder = join(directory, "infra/secrets/bundles");
  mkdirSync(folder, { recursive: true });
  for (const [file, content] of Object.entries(bundles)) {
    writeFileSync(join(folder, file), typeof content === "string" ? content : stringify(content));
  }
  return missingSecrets({ directory, name: "demo" }, config).map(({ bundle, key }) => `${bundle}.${key}`);
}

const keys = {
  one: { source: "stack" },
  two: { source: "stack" },
  spare: { source: "stack", optional: true },
  made: { source: "generated" },
};

test("what the stack's systems must have and its file lacks is filled in, and nothing else", () => {
  expect(
    missing(
      {
        "a.yaml": { name: "a", system: "shop", keys },
        "b.yaml": { name: "b", system: "other", keys },
        "c.yaml": { name: "c", system: "platform", keys },
      },
      { "demo:systems": { shop: {} }, "demo:secrets": { a: { one: { secure: "AAA" } } } },
    ),
  ).toEqual(["a.two", "c.one", "c.two"]);
});

test("what a section of the stack asks for is filled in where the stack has that section", () => {
  const bundles = { "a.yaml": { name: "a", system: "platform", wantedBy: "platform.alerts", keys } };
  expect(missing(bundles, { "demo:platform": { alerts: {} } })).toEqual(["a.one", "a.two"]);
  expect(missing(bundles, { "demo:platform": {} })).toEqual([]);
  expect(missing(bundles, {})).toEqual([]);
});

test("bundles of a system are in the system's own folder", () => {
  const folder = join(directory, "apps/shop/secrets");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "b.yaml"), stringify({ name: "b", system: "shop", keys }));
  expect(
    missing({ "a.yaml": { name: "a", system: "platform", keys } }, { "demo:systems": { shop: {} } }),
  ).toEqual(["a.one", "a.two", "b.one", "b.two"]);
});

test("what is no bundle is left for the program to refuse", () => {
  expect(missing({ "a.yaml": "keys: [", "b.yaml": { name: 1 } }, {})).toEqual([]);
});

test("a project without bundles has nothing missing", () => {
  expect(missingSecrets({ directory, name: "demo" }, {})).toEqual([]);
});
