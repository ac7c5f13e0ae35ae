import { operation } from "../../../test/support/clouds/fakes";
import { Secret, unknown, type Values } from "../standin";
import { randomStandIn } from "./index";

function resource(kind: string) {
  const type = `random:index/random${kind}:Random${kind}`;
  return { urn: `urn:${kind}`, type, name: "it" };
}

async function create(kind: string, inputs: Values, preview = false) {
  const provider = await randomStandIn().configure({});
  return provider.create(resource(kind), inputs, operation(preview));
}

async function check(kind: string, inputs: Values) {
  const provider = await randomStandIn().configure({});
  return (await provider.check(resource(kind), undefined, inputs, new Uint8Array(32))).failures;
}

function secret(value: unknown): string {
  return value instanceof Secret ? String(value.value) : "not a secret";
}

test("a password is a secret, has its length, what it needs at least, and nothing that it must not have", async () => {
  for (let round = 0; round < 50; round++) {
    const { outputs } = await create("Password", { length: 12, minNumeric: 3, minUpper: 2, special: false });
    const password = secret(outputs.result);
    expect(password).toMatch(/^[A-Za-z0-9]{12}$/);
    expect(password.match(/[0-9]/g)?.length).toBeGreaterThanOrEqual(3);
    expect(password.match(/[A-Z]/g)?.length).toBeGreaterThanOrEqual(2);
  }
});

test("special characters are those that are named", async () => {
  const wanted = { length: 40, lower: false, upper: false, numeric: false, overrideSpecial: "-_" };
  const { outputs } = await create("Password", wanted);
  expect(secret(outputs.result)).toMatch(/^[-_]{40}$/);
});

test("no two are the same", async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => create("String", { length: 16 })));
  expect(new Set(all.map(({ outputs }) => outputs.result)).size).toBe(20);
});

test.each<[string, Values, RegExp, string]>([
  ["Id", { byteLength: 4, prefix: "p-" }, /^p-[0-9a-f]{8}$/, "hex"],
  ["Integer", { min: 5, max: 5 }, /^5$/, "result"],
  ["Uuid", {}, /^[0-9a-f]{8}-[0-9a-f]{4}-4/, "result"],
  ["Pet", { length: 3, separator: "_" }, /^_$/, "separator"],
])("%s is made", async (kind, inputs, pattern, output) => {
  const { outputs } = await create(kind, inputs);
  expect(String(outputs[output])).toMatch(pattern);
});

test("bytes come in base64 and in hexadecimal, secret both", async () => {
  const { outputs } = await create("Bytes", { length: 8 });
  expect(Buffer.from(secret(outputs.base64), "base64").toString("hex")).toBe(secret(outputs.hex));
});

test("a pet has as many words as are wanted", async () => {
  expect((await create("Pet", { length: 3 })).id).toMatch(/^[a-z]+-[a-z]+-[a-z]+$/);
});

test("a preview knows nothing yet", async () => {
  const { outputs } = await create("Password", { length: 12 }, true);
  expect(outputs).toMatchObject({ length: 12, result: unknown });
});

test("whatever changes makes a new one", async () => {
  const provider = await randomStandIn().configure({});
  const old = { inputs: { length: 12 }, outputs: {} };
  const diff = (inputs: Values) => provider.diff(resource("Password"), "none", old, inputs, []);
  expect((await diff({ length: 12 })).differences).toEqual([]);
  expect((await diff({ length: 13 })).differences).toEqual([
    { path: "length", kind: "update", replace: true },
  ]);
});

test.each<[string, string, Values, RegExp]>([
  ["too short for what it needs", "Password", { length: 3, minUpper: 4 }, /3 is too short: at least 4/],
  ["of no length", "String", { length: 0 }, /0 is too short/],
  ["bounds crossed", "Integer", { min: 3, max: 1 }, /min 3 can't be greater than max 1/],
  ["without a length", "Password", {}, /required/],
  ["an unknown input", "Password", { length: 8, size: 8 }, /not a property/],
  ["an unknown type", "Dice", {}, /does not know the type random:index\/randomDice:RandomDice/],
])("is refused: %s", async (_, kind, inputs, reason) => {
  expect(await check(kind, inputs)).toContainEqual(
    expect.objectContaining({ reason: expect.stringMatching(reason) }),
  );
});

test("what is in order passes", async () => {
  expect(await check("Password", { length: 16, minUpper: 4 })).toEqual([]);
});
