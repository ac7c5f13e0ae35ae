import { covers, keepsName, toDifference, withLiveValues } from "./difference";

const named = (metadata: object) => ({ kind: "ConfigMap", metadata: { ...metadata } });

test.each([
  ["shop/web", { name: "web", namespace: "shop" }, true],
  ["shop/web", { name: "web", namespace: "other" }, false],
  ["shop/web", { name: "api", namespace: "shop" }, false],
  ["default/web", { name: "web" }, true],
  ["web", { name: "web" }, true],
  [
    "shop/web-1",
    { name: "web-1", namespace: "shop", annotations: { "pulumi.com/autonamed": "true" } },
    false,
  ],
])("%s replaced by %j keeps its name: %s", (id, metadata, expected) => {
  expect(keepsName(id, named(metadata))).toBe(expected);
});

test("a replacement whose name is not known yet is taken to keep it", () => {
  expect(keepsName("shop/web", undefined)).toBe(true);
});

test("ignored fields are applied as they are in the cluster", () => {
  const manifest = { spec: { replicas: 1, paused: false } };
  const live = { spec: { replicas: 5, paused: true } };
  expect(withLiveValues(manifest, live, [["spec", "replicas"]])).toEqual({
    spec: { replicas: 5, paused: false },
  });
  expect(withLiveValues(manifest, { spec: {} }, [["spec", "replicas"]])).toEqual(manifest);
});

test("an ignored path covers what is below it, not what is above", () => {
  expect(covers(["spec"], ["spec", "replicas"])).toBe(true);
  expect(covers(["spec", "replicas"], ["spec"])).toBe(false);
});

test("a Secret's difference is shown where the program wrote the value", () => {
  const change = { path: ["data", "password"], kind: "update" } as const;
  const written = { kind: "Secret", stringData: { password: "x" } };
  expect(toDifference(change, false, written).path).toBe("stringData.password");
  expect(toDifference(change, false, { kind: "Secret", data: { password: "eA==" } }).path).toBe(
    "data.password",
  );
});
