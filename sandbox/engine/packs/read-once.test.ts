import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { readPropertiesOnce } from "./read-once";

const wire: {
  deserializeProperties(message: Struct, keepSecrets: boolean): object;
} = require("@pulumi/policy/deserialize");

test("what is read from the wire serves every policy, but none that keeps secrets and may change them", () => {
  readPropertiesOnce();
  const message = Struct.fromJavaScript({ bucket: "models" });
  const read = wire.deserializeProperties(message, false);
  expect(read).toEqual({ bucket: "models" });
  expect(wire.deserializeProperties(message, false)).toBe(read);
  expect(wire.deserializeProperties(message, true)).not.toBe(read);
  expect(wire.deserializeProperties(Struct.fromJavaScript({ bucket: "models" }), false)).not.toBe(read);
});
