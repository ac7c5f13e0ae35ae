import { ListValue, NullValue, Value as ProtoValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type RegisteredResource, Secret, unknown, type Value, type Values } from "./standin";

/** The engine's names for "this is no ordinary object": the key that it sets and what each value means. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const signatures = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
} as const;

/** What the engine writes for an unknown string; the stand-ins never need to say which type an unknown has. */
const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Unknown string, bool, number, array, asset, archive and object. */
const unknowns: ReadonlySet<string> = new Set([
  unknownString,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** A resource as an output: the program gets the resource itself. */
export function resourceReference({ urn, id }: RegisteredResource): Values {
  return { [signatureKey]: signatures.resource, urn, id: id === "" ? unknown : id };
}

/**
 * Marks as secret, in what a provider answers, every value that the engine handed over as one: to providers that can make
 * components it leaves that. In lists order may change, so a secret anywhere in a list makes all of it one.
 */
export function withSecretsOf(answer: Values, request: Struct | undefined): Values {
  const marked: Record<string, Value> = { ...answer };
  request?.getFieldsMap().forEach((given, key) => {
    const value = marked[key];
    if (value === undefined || value instanceof Secret) {
      return;
    }
    const inner = plainObject(given);
    if (inner !== undefined && isPlain(value)) {
      marked[key] = withSecretsOf(value, inner);
    } else if (holdsSecret(given)) {
      marked[key] = new Secret(value);
    }
  });
  return marked;
}

function isPlain(value: Value): value is Values {
  return typeof value === "object" && value !== null && !isList(value) && !(value instanceof Secret);
}

function plainObject(value: ProtoValue): Struct | undefined {
  const struct = value.getStructValue();
  return struct?.getFieldsMap().has(signatureKey) ? undefined : struct;
}

function holdsSecret(value: ProtoValue): boolean {
  const fields = value.getStructValue()?.getFieldsMap();
  return (
    fields?.get(signatureKey)?.getStringValue() === signatures.secret ||
    [...(fields?.values() ?? [])].some(holdsSecret) ||
    (value.getListValue()?.getValuesList() ?? []).some(holdsSecret)
  );
}

/** Reads the engine's values: secrets in clear, unknowns as the `unknown` symbol. */
export function decodeStruct(struct: Struct | undefined): Values {
  const decoded: Record<string, Value> = {};
  struct?.getFieldsMap().forEach((value, key) => {
    decoded[key] = decodeValue(value, key);
  });
  return decoded;
}

function decodeValue(value: ProtoValue, path: string): Value {
  switch (value.getKindCase()) {
    case ProtoValue.KindCase.BOOL_VALUE:
      return value.getBoolValue();
    case ProtoValue.KindCase.NUMBER_VALUE:
      return value.getNumberValue();
    case ProtoValue.KindCase.STRING_VALUE: {
      const text = value.getStringValue();
      return unknowns.has(text) ? unknown : text;
    }
    case ProtoValue.KindCase.LIST_VALUE:
      return (value.getListValue()?.getValuesList() ?? []).map((item, index) =>
        decodeValue(item, `${path}[${index}]`),
      );
    case ProtoValue.KindCase.STRUCT_VALUE:
      return decodeObject(value.getStructValue(), path);
    default:
      return null;
  }
}

function decodeObject(struct: Struct | undefined, path: string): Value {
  const fields = struct?.getFieldsMap();
  const signature = fields?.get(signatureKey)?.getStringValue();
  switch (signature) {
    case undefined: {
      const decoded: Record<string, Value> = {};
      fields?.forEach((value, key) => {
        decoded[key] = decodeValue(value, `${path}.${key}`);
      });
      return decoded;
    }
    case signatures.secret:
    case signatures.output: {
      const inner = fields?.get("value");
      return inner === undefined ? unknown : decodeValue(inner, path);
    }
    case signatures.resource:
      return fields?.get("id")?.getStringValue() || (fields?.get("urn")?.getStringValue() ?? null);
    case signatures.asset:
    case signatures.archive:
      throw new Error(
        `${path}: the sandbox's providers take no Pulumi assets or archives; pass the content as a string instead`,
      );
    default:
      throw new Error(`${path}: the engine sent a special value that is not known here (${signature})`);
  }
}

/** Writes values for the engine; `Secret`s are encrypted by it in state. */
export function encodeStruct(values: Values): Struct {
  const struct = new Struct();
  const fields = struct.getFieldsMap();
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) {
      fields.set(key, encodeValue(value));
    }
  }
  return struct;
}

function encodeValue(value: Value): ProtoValue {
  const encoded = new ProtoValue();
  if (value === null) {
    return encoded.setNullValue(NullValue.NULL_VALUE);
  }
  if (value === unknown) {
    return encoded.setStringValue(unknownString);
  }
  if (value instanceof Secret) {
    return encoded.setStructValue(encodeStruct({ [signatureKey]: signatures.secret, value: value.value }));
  }
  if (isList(value)) {
    return encoded.setListValue(new ListValue().setValuesList(value.map(encodeValue)));
  }
  switch (typeof value) {
    case "boolean":
      return encoded.setBoolValue(value);
    case "number":
      return encoded.setNumberValue(value);
    case "string":
      return encoded.setStringValue(value);
    case "object":
      return encoded.setStructValue(encodeStruct(value));
    default:
      throw new TypeError(`a provider returned a ${typeof value}, which no Pulumi value can hold`);
  }
}

/** `Array.isArray` that TypeScript narrows readonly arrays by. */
function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
