import { load } from "js-yaml";
import { parse } from "yaml";
import { reviewedPlan, stacks } from "../../test/golden/plan";
import { manifestsOf } from "./manifests";
import type { StateResource } from "./state";

const provider = "urn:pulumi:dev::shop::pulumi:providers:kubernetes::local::id";

function resource(inputs: Readonly<Record<string, unknown>>): StateResource {
  return {
    urn: "urn:pulumi:dev::shop::kubernetes:x::y",
    type: "kubernetes:x:Y",
    custom: true,
    provider,
    inputs,
    outputs: {},
  };
}

function written(inputs: Readonly<Record<string, unknown>>): string {
  const [manifest] = manifestsOf([resource(inputs)]);
  if (manifest === undefined) throw new Error("nothing was written");
  return manifest.content;
}

/** As YAML 1.1 has it, which is how kubectl, Helm and Argo CD read; as 1.2 has it; and as a reader in between does. */
const readers: readonly (readonly [string, (text: string) => unknown])[] = [
  ["YAML 1.1", (text) => parse(text, { version: "1.1" })],
  ["YAML 1.2", (text) => parse(text)],
  ["js-yaml", (text) => load(text)],
];

const texts = [
  ...[
    "on",
    "off",
    "yes",
    "no",
    "y",
    "n",
    "Y",
    "N",
    "On",
    "OFF",
    "Yes",
    "NO",
    "true",
    "False",
    "null",
    "~",
    "",
  ],
  ...[
    "0o17",
    "017",
    "0x1F",
    "0b101",
    "1_000",
    "12:30",
    "190:20:30",
    "1e3",
    "+1",
    "-.5",
    "1.",
    ".inf",
    "-.INF",
    ".nan",
  ],
  ...[
    "2026-11-30",
    "2026-11-30T10:00:00Z",
    "=",
    "<<",
    "100m",
    "1.35",
    "08",
    "1,000",
    "- a",
    "a: b",
    "#x",
    "a\nb\n",
  ],
];

const settings = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "settings", namespace: "shop" },
};

/** Every object that the program has in a stack, and how it is written. */
const planned = new Map(stacks.map((stack) => [stack, objectsOf(stack)]));

function objectsOf(stack: string): readonly PlannedObject[] {
  return [...reviewedPlan(stack).values()]
    .map((text): { readonly type?: string; readonly inputs?: Inputs } => JSON.parse(text))
    .flatMap(({ type = "", inputs }) => (type.startsWith("kubernetes:") && inputs ? [inputs] : []))
    .filter(({ kind, metadata }) => kind !== undefined && Object(metadata).name !== undefined)
    .map((inputs) => ({ text: written(inputs), meant: JSON.stringify(sorted(inputs)) }));
}

type Inputs = Readonly<Record<string, unknown>>;

interface PlannedObject {
  readonly text: string;
  /** As JSON, in the order of the text. */
  readonly meant: string;
}

describe.each(readers)("%s", (_, read) => {
  const known = new Map<string, string>();

  /** What stands in a text, as JSON. The stacks have many objects in common. */
  function readOnce(text: string): string {
    const found = known.get(text) ?? JSON.stringify(read(text));
    known.set(text, found);
    return found;
  }

  test.each(texts)("reads %j as the text that it is, as a value and as a key", (text) => {
    const object = { ...settings, data: { [text]: "value", value: text }, listed: [text] };
    expect(read(written(object))).toEqual(object);
  });

  test("reads numbers and logical values as what they are", () => {
    const object = { ...settings, whole: 1000, part: 0.5, small: 1e-7, yes: true, no: false };
    expect(read(written(object))).toEqual(object);
  });

  test.each(stacks)("reads every object of %s as the program has it", (stack) => {
    const objects = planned.get(stack) ?? [];
    expect(objects.length).toBeGreaterThan(100);
    expect(objects.filter(({ text, meant }) => readOnce(text) !== meant)).toEqual([]);
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});

test("keys are sorted, so that two runs of the same program agree", () => {
  expect(written({ kind: "ConfigMap", metadata: { name: "settings" }, apiVersion: "v1" })).toBe(
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n",
  );
});

describe("a Secret", () => {
  const kind = { apiVersion: "v1", kind: "Secret", metadata: { name: "keys", namespace: "shop" } };

  test("has its keys, and placeholders in the place of their values", () => {
    const text = written({ ...kind, stringData: secret({ "api-key": "hunter2", off: "hunter3" }) });
    expect(parse(text, { version: "1.1" })).toEqual({
      ...kind,
      stringData: { "api-key": "[secret]", off: "[secret]" },
    });
    expect(text).not.toContain("hunter");
  });

  test("has data in base64, as Kubernetes wants it", () => {
    const text = written({ ...kind, data: secret({ "api-key": "aHVudGVyMg==" }) });
    expect(Buffer.from(parse(text).data["api-key"], "base64").toString()).toBe("[secret]");
  });

  test("shows nothing of a single value that is secret", () => {
    const text = written({ ...kind, stringData: { user: "admin", password: secret("hunter2") } });
    expect(parse(text).stringData).toEqual({ user: "admin", password: "[secret]" });
  });
});
