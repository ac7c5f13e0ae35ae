import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { differences, isBelow } from "../../clouds/difference";
import { isOptional, type ResourceShape, type Schema, shapeFailures } from "../../clouds/schema";
import { failure } from "../../clouds/table";
import { flag, number, text, withoutNulls } from "../../clouds/values";
import {
  type CheckFailure,
  type ConfiguredProvider,
  Secret,
  type StandIn,
  unknown,
  type Value,
  type Values,
} from "../standin";
import generated from "./schema.json";

const schema: Schema = generated;

interface Made {
  readonly id: string;
  readonly outputs: Values;
}

const adjectives = [
  "amber",
  "brave",
  "calm",
  "eager",
  "fond",
  "keen",
  "lucid",
  "merry",
  "noble",
  "proud",
  "quiet",
  "swift",
];
const animals = [
  "badger",
  "crane",
  "dingo",
  "falcon",
  "gecko",
  "heron",
  "ibis",
  "lemur",
  "marmot",
  "otter",
  "raven",
  "seal",
];

const makers: Readonly<Record<string, (inputs: Values) => Made>> = {
  "random:index/randomBytes:RandomBytes": (inputs) => {
    const bytes = randomBytes(number(inputs, "length") ?? 1);
    const base64 = bytes.toString("base64");
    return { id: base64, outputs: { base64, hex: bytes.toString("hex") } };
  },
  "random:index/randomId:RandomId": (inputs) => {
    const bytes = randomBytes(number(inputs, "byteLength") ?? 1);
    const prefix = text(inputs, "prefix") ?? "";
    const hex = bytes.toString("hex");
    const outputs = {
      b64Std: prefix + bytes.toString("base64"),
      b64Url: prefix + bytes.toString("base64url"),
      dec: `${prefix}${BigInt(`0x${hex}`)}`,
      hex: prefix + hex,
    };
    return { id: bytes.toString("base64url"), outputs };
  },
  "random:index/randomInteger:RandomInteger": (inputs) => {
    const result = randomInt(number(inputs, "min") ?? 0, (number(inputs, "max") ?? 0) + 1);
    return { id: String(result), outputs: { result } };
  },
  "random:index/randomPassword:RandomPassword": (inputs) => ({
    id: "none",
    outputs: { ...characterDefaults(inputs), result: randomText(inputs) },
  }),
  "random:index/randomPet:RandomPet": (inputs) => {
    const length = number(inputs, "length") ?? 2;
    const words = Array.from({ length }, (_, index) => pick(index === length - 1 ? animals : adjectives));
    const prefix = text(inputs, "prefix");
    const separator = text(inputs, "separator") ?? "-";
    const id = [...(prefix === undefined ? [] : [prefix]), ...words].join(separator);
    return { id, outputs: { length, separator } };
  },
  "random:index/randomString:RandomString": (inputs) => {
    const result = randomText(inputs);
    return { id: result, outputs: { ...characterDefaults(inputs), result } };
  },
  "random:index/randomUuid:RandomUuid": () => {
    const result = randomUUID();
    return { id: result, outputs: { result } };
  },
};

export const randomTypes: readonly string[] = Object.keys(makers);

/** Outputs that only the official provider makes: to read one here is a mistake, so they are not there. */
const notMade = ["bcryptHash"];

/** The stand-in for `random`: true randomness, which only the state remembers. */
export function randomStandIn(): StandIn {
  return {
    name: "random",
    version: "4.21.2",
    checkConfig: async () => [],
    diffConfig: async () => ({ differences: [] }),
    configure: async () => provider,
  };
}

const provider: ConfiguredProvider = {
  check: async ({ type }, _oldInputs, newInputs) => {
    const inputs = withoutNulls(newInputs);
    const shape = schema.resources[type];
    if (!shape) return { inputs, failures: [unknownType(type)] };
    return { inputs, failures: [...shapeFailures(schema, shape.inputs, inputs), ...amountFailures(inputs)] };
  },
  diff: async (_resource, _id, old, newInputs, ignoreChanges) => ({
    differences: differences(old.inputs, newInputs)
      .filter(({ path }) => !isBelow(path, ignoreChanges))
      .map((change) => ({ ...change, replace: true })),
  }),
  create: async ({ type }, inputs, { preview }) => {
    const make = makers[type];
    const shape = schema.resources[type];
    if (!make || !shape) throw new Error(unknownType(type).reason);
    if (preview) return { id: "", outputs: { ...inputs, ...pending(shape, inputs) } };
    const { id, outputs } = make(inputs);
    return { id, outputs: sealed(shape, { ...inputs, ...outputs }) };
  },
  read: async (_resource, id, { inputs, outputs }) => ({ id, inputs, outputs }),
  update: async ({ type }) => {
    throw new Error(`${type} cannot be updated, only replaced`);
  },
  delete: async () => {},
  invoke: async (token) => {
    throw new Error(`The sandbox's random does not know the function ${token}.`);
  },
};

function unknownType(type: string): CheckFailure {
  return failure(
    "",
    `the sandbox's random does not know the type ${type}; it knows ${randomTypes.join(", ")}`,
  );
}

function amountFailures(inputs: Values): readonly CheckFailure[] {
  const parts = ["minLower", "minUpper", "minNumeric", "minSpecial"];
  const least = parts.reduce((sum, name) => sum + (number(inputs, name) ?? 0), 0);
  const length = number(inputs, "length");
  const short = length !== undefined && length < Math.max(1, least);
  const [min, max] = [number(inputs, "min"), number(inputs, "max")];
  return [
    ...(short
      ? [failure("length", `${length} is too short: at least ${Math.max(1, least)} characters are needed`)]
      : []),
    ...(min !== undefined && max !== undefined && min > max
      ? [failure("min", `min ${min} can't be greater than max ${max}`)]
      : []),
  ];
}

function pending(shape: ResourceShape, inputs: Values): Values {
  const missing = Object.entries(shape.outputs).filter(
    ([name, declared]) => !isOptional(declared) && inputs[name] === undefined && !notMade.includes(name),
  );
  return Object.fromEntries(missing.map(([name]) => [name, unknown]));
}

function sealed(shape: ResourceShape, outputs: Values): Values {
  const entries = Object.entries(outputs).map(([name, value]): [string, Value] => [
    name,
    shape.secrets?.includes(name) ? new Secret(value) : value,
  ]);
  return Object.fromEntries(entries);
}

function characterDefaults(inputs: Values): Values {
  const flags = ["lower", "upper", "numeric", "special"].map(
    (name) => [name, flag(inputs, name) ?? true] as const,
  );
  const least = ["minLower", "minUpper", "minNumeric", "minSpecial"].map(
    (name) => [name, number(inputs, name) ?? 0] as const,
  );
  return {
    ...Object.fromEntries([...flags, ...least]),
    number: flag(inputs, "numeric") ?? flag(inputs, "number") ?? true,
  };
}

/** A text of the wanted length: first what each kind of character needs at least, then any, then all shuffled. */
function randomText(inputs: Values): string {
  const kinds = [
    { wanted: flag(inputs, "lower") ?? true, least: "minLower", characters: "abcdefghijklmnopqrstuvwxyz" },
    { wanted: flag(inputs, "upper") ?? true, least: "minUpper", characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
    {
      wanted: flag(inputs, "numeric") ?? flag(inputs, "number") ?? true,
      least: "minNumeric",
      characters: "0123456789",
    },
    {
      wanted: flag(inputs, "special") ?? true,
      least: "minSpecial",
      characters: text(inputs, "overrideSpecial") ?? "!@#$%&*()-_=+[]{}<>:?",
    },
  ].filter(({ wanted }) => wanted);
  const all = kinds.map(({ characters }) => characters).join("");
  const needed = kinds.flatMap(({ least, characters }) =>
    Array.from({ length: number(inputs, least) ?? 0 }, () => pick([...characters])),
  );
  const rest = Array.from({ length: (number(inputs, "length") ?? 0) - needed.length }, () => pick([...all]));
  return shuffled([...needed, ...rest]).join("");
}

function shuffled(characters: readonly string[]): readonly string[] {
  const pool = [...characters];
  const result: string[] = [];
  while (pool.length > 0) result.push(...pool.splice(randomInt(pool.length), 1));
  return result;
}

function pick(from: readonly string[]): string {
  return from[randomInt(from.length)] ?? "";
}
