/**
 * Makes plain data of what the engine sends, at once. The library for its wire format makes several objects of every value
 * first; every resource waits for that, twice, and it is most of what the pack costs.
 */
export function readStructsPlainly(): void {
  const { Struct }: { Struct: StructClass } = require("google-protobuf/google/protobuf/struct_pb");
  const plain = new WeakMap<object, Fields>();
  const { getFieldsMap, toJavaScript } = Struct.prototype;
  Struct.deserializeBinaryFromReader = (message, reader) => {
    plain.set(message, fieldsOf(reader));
    return message;
  };
  Struct.prototype.toJavaScript = function () {
    return plain.get(this) ?? toJavaScript.call(this);
  };
  // For callers that still ask for the library's objects.
  Struct.prototype.getFieldsMap = function () {
    const fields = plain.get(this);
    return getFieldsMap.call(fields ? Struct.fromJavaScript(fields) : this);
  };
}

type Fields = Readonly<Record<string, unknown>>;

interface StructMessage {
  getFieldsMap(): object;
  toJavaScript(): Fields;
}

interface StructClass {
  readonly prototype: StructMessage;
  fromJavaScript(fields: Fields): StructMessage;
  deserializeBinaryFromReader(message: StructMessage, reader: BinaryReader): StructMessage;
}

/** The part of the library's reader that is needed here. */
interface BinaryReader {
  nextField(): boolean;
  getFieldNumber(): number;
  readString(): string;
  readDouble(): number;
  readBool(): boolean;
  skipField(): void;
  readMessage(message: object, read: (message: object, reader: BinaryReader) => void): void;
}

/** A `google.protobuf.Struct`: entries of a key and a value. */
function fieldsOf(reader: BinaryReader): Fields {
  const fields: Record<string, unknown> = {};
  while (reader.nextField()) {
    let key = "";
    let value: unknown = null;
    reader.readMessage(fields, () => {
      while (reader.nextField()) {
        if (reader.getFieldNumber() === 1) key = reader.readString();
        else value = within(reader, anyOf);
      }
    });
    fields[key] = value;
  }
  return fields;
}

/** A `google.protobuf.Value`: one of its fields is set. */
function anyOf(reader: BinaryReader): unknown {
  let value: unknown = null;
  while (reader.nextField()) {
    const field = reader.getFieldNumber();
    if (field === 2) value = reader.readDouble();
    else if (field === 3) value = reader.readString();
    else if (field === 4) value = reader.readBool();
    else if (field === 5) value = within(reader, fieldsOf);
    else if (field === 6) value = within(reader, listOf);
    else reader.skipField();
  }
  return value;
}

/** A `google.protobuf.ListValue`. */
function listOf(reader: BinaryReader): readonly unknown[] {
  const list: unknown[] = [];
  while (reader.nextField()) list.push(within(reader, anyOf));
  return list;
}

function within(reader: BinaryReader, read: (reader: BinaryReader) => unknown): unknown {
  let value: unknown;
  reader.readMessage(reader, () => {
    value = read(reader);
  });
  return value;
}
