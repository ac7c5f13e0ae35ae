import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { decodeStruct, encodeStruct, resourceReference, withSecretsOf } from "./server-values";
import { Secret, unknown, type Values } from "./standin";

const signature = "4dabf18193072939515e22adb298388d";

test("plain values come back as they were", () => {
  const values = { none: null, yes: true, count: 1.5, text: "a", list: [1, [2], { deep: "b" }], empty: {} };
  expect(decodeStruct(encodeStruct(values))).toEqual(values);
});

test("unknown values survive the way to the engine and back, at any depth", () => {
  expect(decodeStruct(encodeStruct({ a: unknown, b: [{ c: unknown }] }))).toEqual({
    a: unknown,
    b: [{ c: unknown }],
  });
});

test.each(["1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", "dd056dcd-154b-4c76-9bd3-c8f88648b5ff"])(
  "the engine's unknown of another type (%s) is unknown too",
  (sentinel) => {
    expect(decodeStruct(Struct.fromJavaScript({ a: sentinel }))).toEqual({ a: unknown });
  },
);

test("secrets are marked for the engine, and read in clear", () => {
  const encoded = encodeStruct({ password: new Secret({ inner: "x" }) });
  expect(encoded.toJavaScript()).toEqual({
    password: { [signature]: "1b47061264138c4ac30d75fd1eb44270", value: { inner: "x" } },
  });
  expect(decodeStruct(encoded)).toEqual({ password: { inner: "x" } });
});

test("an output value without a value is unknown", () => {
  const output = { [signature]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", dependencies: [] };
  expect(decodeStruct(Struct.fromJavaScript({ a: output }))).toEqual({ a: unknown });
});

test("a reference to a resource is its identifier", () => {
  const reference = { [signature]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:x", id: "i-1" };
  expect(decodeStruct(Struct.fromJavaScript({ a: reference }))).toEqual({ a: "i-1" });
});

test("assets are refused with their path", () => {
  const asset = { [signature]: "c44067f5952c0a294b673a41bacd8c17", text: "x" };
  expect(() => decodeStruct(Struct.fromJavaScript({ files: [{ source: asset }] }))).toThrow(
    "files[0].source: the sandbox's providers take no Pulumi assets",
  );
});

describe("secrets of a request are secret in the answer", () => {
  const request = encodeStruct({
    password: new Secret("x"),
    nested: { token: new Secret("y"), user: "u" },
    list: [{ key: new Secret("z") }, "plain"],
    gone: new Secret("w"),
    whole: new Secret({ a: "v" }),
    known: new Secret("t"),
  });

  test("at the same places, and in all of a list that holds one", () => {
    const answer = {
      password: "x",
      nested: { token: "y", user: "u" },
      list: ["plain", { key: "z" }],
      whole: { a: "v" },
      known: new Secret("t"),
      added: "by the provider",
    };
    expect(withSecretsOf(answer, request)).toEqual({
      password: new Secret("x"),
      nested: { token: new Secret("y"), user: "u" },
      list: new Secret(["plain", { key: "z" }]),
      whole: new Secret({ a: "v" }),
      known: new Secret("t"),
      added: "by the provider",
    });
  });

  test("and nothing else is", () => {
    const answer: Values = { password: unknown, other: "x" };
    expect(withSecretsOf(answer, request)).toEqual({ password: new Secret(unknown), other: "x" });
    expect(withSecretsOf(answer, undefined)).toEqual(answer);
  });
});

test("a child is handed to the program as the resource that it is", () => {
  expect(encodeStruct(resourceReference({ urn: "urn:x", id: "" })).toJavaScript()).toEqual({
    [signature]: "5cf8f73096256a8f31e491e813e4eb8e",
    urn: "urn:x",
    id: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  });
});
