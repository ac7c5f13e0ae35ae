import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readDefinitions } from "../model/charts/definitions";
import { digestOf } from "../sandbox/providers/kubernetes/digests";
import { refreshDefinitions } from "./refresh-definitions";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "definitions-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function sources(texts: Readonly<Record<string, string>>) {
  return {
    read: async (address: string) => {
      const text = texts[address];
      return text === undefined
        ? ({ kind: "unavailable", why: "no network" } as const)
        : ({ kind: "found", text } as const);
    },
  };
}

test("digests are taken at the first fetch and stay while there is none; what no plan takes goes", async () => {
  await refreshDefinitions(["a", "b"], sources({ a: "one" }), folder);
  expect([...readDefinitions(folder)]).toEqual([
    ["a", digestOf("one")],
    ["b", "open"],
  ]);
  await refreshDefinitions(["a"], sources({}), folder);
  expect([...readDefinitions(folder)]).toEqual([["a", digestOf("one")]]);
});
