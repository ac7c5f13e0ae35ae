import { mask } from "./mask";

const signature = "4dabf18193072939515e22adb298388d";

test("a secret is not shown, however deep it lies", () => {
  const secret = { [signature]: "1b47061264138c4ac30d75fd1eb44270", value: "hunter2" };
  expect(mask({ list: [{ password: secret }] })).toEqual({ list: [{ password: "[secret]" }] });
});

test("of a secret object the keys are shown, which others refer to, and no value", () => {
  const secret = {
    [signature]: "1b47061264138c4ac30d75fd1eb44270",
    value: { user: "root", token: { a: 1 } },
  };
  expect(mask({ stringData: secret })).toEqual({ stringData: { token: "[secret]", user: "[secret]" } });
});

test("keys are sorted, so that a plan does not depend on the order of writing", () => {
  expect(JSON.stringify(mask({ b: { d: 1, c: 2 }, a: 0 }))).toBe('{"a":0,"b":{"c":2,"d":1}}');
});

test("a resource is shown as one, because its handle is another in every run", () => {
  expect(mask({ [signature]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn" })).toBe("[resource]");
});

test("a value whose nature is unknown is refused: it may be a secret", () => {
  expect(() => mask({ [signature]: "of-the-future", value: "hunter2" })).toThrow("of-the-future");
});
