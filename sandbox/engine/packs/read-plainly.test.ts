import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { readStructsPlainly } from "./read-plainly";

const properties = {
  text: "Größe 3 \u{1F40B}",
  empty: "",
  number: -1.5,
  zero: 0,
  yes: true,
  no: false,
  nothing: null,
  object: { "dotted.key/with": { deep: [1, "two", null, [], {}, [{ x: [false] }]] } },
  list: [],
};

test("what the engine sends is read as the library reads it", () => {
  const bytes = Struct.fromJavaScript(properties).serializeBinary();
  expect(Struct.deserializeBinary(bytes).toJavaScript()).toEqual(properties);
  readStructsPlainly();
  expect(Struct.deserializeBinary(bytes).toJavaScript()).toEqual(properties);
  expect(Struct.deserializeBinary(new Uint8Array()).toJavaScript()).toEqual({});
});

test("the library's own objects are there for whoever asks, and of messages made here nothing changes", () => {
  readStructsPlainly();
  const made = Struct.fromJavaScript(properties);
  const read = Struct.deserializeBinary(made.serializeBinary());
  expect(read.getFieldsMap().getLength()).toBe(Object.keys(properties).length);
  expect(read.getFieldsMap().get("number")?.getNumberValue()).toBe(-1.5);
  expect(made.toJavaScript()).toEqual(properties);
});
