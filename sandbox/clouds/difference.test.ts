import { Secret, unknown } from "../providers/standin";
import { differences, isBelow } from "./difference";

test.each([
  ["nothing", { a: 1, b: [1, { c: "x" }] }, { a: 1, b: [1, { c: "x" }] }, []],
  ["a secret and its value", { a: new Secret("x") }, { a: "x" }, []],
  ["null and what is left out", { a: null }, {}, []],
  ["a changed value", { a: 1 }, { a: 2 }, [{ path: "a", kind: "update" }]],
  ["zero and nothing", { a: 0 }, {}, [{ path: "a", kind: "delete" }]],
  ["a value not known yet", { a: 1 }, { a: unknown }, [{ path: "a", kind: "update" }]],
  ["a new key with dots", { tags: {} }, { tags: { "a.b": "x" } }, [{ path: 'tags["a.b"]', kind: "add" }]],
  ["a longer list", { a: [1] }, { a: [1, 2] }, [{ path: "a[1]", kind: "add" }]],
  ["an item's property", { a: [{ b: 1 }] }, { a: [{ b: 2 }] }, [{ path: "a[0].b", kind: "update" }]],
] as const)("tells %s", (_, before, after, expected) => {
  expect(differences(before, after)).toEqual(expected);
});

test.each([
  ["taints[0].key", "taints", true],
  ["scalingConfig.desiredSize", "scalingConfig.desiredSize", true],
  ['tags["a.b"]', "tags", true],
  ["launchTemplate.version", "launchTemplate.id", false],
  ["nameservers", "name", false],
])("%s is below %s: %s", (path, prefix, expected) => {
  expect(isBelow(path, [prefix])).toBe(expected);
});
