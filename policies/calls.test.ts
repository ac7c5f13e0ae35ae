import { Calls } from "./calls";
import { sdkPolicies } from "./pack";
import type { ResourcePolicy } from "./policy";

interface Diagnostic {
  getPolicyname(): string;
  getUrn(): string;
}

interface Reply {
  getDiagnosticsList(): readonly Diagnostic[];
}

type Analyze = (
  call: { readonly request: object },
  answer: (error: Error | null, reply: Reply) => void,
) => void;

/** The SDK's own, which it declares no types for. */
const sdk: {
  makeAnalyzeRpcFun(pack: string, version: string, level: string, policies: object): Analyze;
} = require("@pulumi/policy/server");
const wire: {
  readonly AnalyzeRequest: new () => Request;
  readonly AnalyzerResourceOptions: { new (): object; readonly CustomTimeouts: new () => object };
} = require("@pulumi/pulumi/proto/analyzer_pb");
const {
  Struct,
}: {
  Struct: { fromJavaScript(value: object): object };
} = require("google-protobuf/google/protobuf/struct_pb");

interface Request {
  setType(type: string): void;
  setUrn(urn: string): void;
  setName(name: string): void;
  setProperties(properties: object): void;
  setOptions(options: object): void;
  getProperties(): object;
}

/** What the engine asks about a resource, and how often the SDK read it to answer. */
function asked(type: string): { readonly request: Request; readonly reads: () => number } {
  const request = new wire.AnalyzeRequest();
  request.setType(type);
  request.setUrn(`urn:pulumi:test::test::${type}::sample`);
  request.setName("sample");
  request.setProperties(Struct.fromJavaScript({}));
  const options = new wire.AnalyzerResourceOptions();
  Object.assign(options, { getCustomtimeouts: () => new wire.AnalyzerResourceOptions.CustomTimeouts() });
  request.setOptions(options);
  const read = jest.spyOn(request, "getProperties");
  return { request, reads: () => read.mock.calls.length };
}

function policyOn(type: string): ResourcePolicy {
  return {
    id: `on-${type}`,
    scope: "resource",
    what: "Fails on one type.",
    why: "It is a test.",
    severity: "low",
    standards: [],
    remediation: "None.",
    appliesTo: (other) => other === type,
    *validate() {
      yield "found";
    },
  };
}

const types = ["first", "second", "third", "fourth"];

function analyzer(): (request: Request) => Promise<readonly string[]> {
  const analyze = sdk.makeAnalyzeRpcFun("pack", "1.0.0", "mandatory", sdkPolicies(types.map(policyOn)));
  return (request) =>
    new Promise((resolve, reject) => {
      analyze({ request }, (error, reply) => {
        if (error) reject(error);
        else resolve(reply.getDiagnosticsList().map((one) => `${one.getPolicyname()} ${one.getUrn()}`));
      });
    });
}

test("from the second call on a resource is read for those policies that look at it, and the first and the last", async () => {
  const analyze = analyzer();
  const calls = ["first", "third", "other", "third"].map((type) => ({ type, ...asked(type) }));
  const found: (readonly string[])[] = [];
  for (const { request } of calls) found.push(await analyze(request));
  expect(found.map((one) => one.length)).toEqual([1, 1, 0, 1]);
  expect(calls.map(({ reads }) => reads())).toEqual([4, 3, 2, 3]);
});

const pairs = types.flatMap((one) => types.map((other) => [one, other]));

test.each(pairs)("calls for %s and %s at the same time find what they do alone", async (...pair) => {
  for (const before of [0, 1, 2]) {
    const analyze = analyzer();
    for (let call = 0; call < before; call += 1) await analyze(asked("other").request);
    const together = await Promise.all(pair.map((type) => analyze(asked(type).request)));
    expect(together.map((found) => found.length)).toEqual([1, 1]);
    expect(await analyze(asked("third").request)).toHaveLength(1);
  }
});

test("a call that breaks off leaves the next ones to be shown everything", () => {
  const calls = new Calls();
  for (const index of [0, 1, 2]) calls.show({ index, type: "first" });
  calls.show({ index: 0, type: "second" });
  expect(calls.typeFor(1)).toBe("second");
  calls.show({ index: 0, type: "third" });
  expect(calls.typeFor(1)).toBeUndefined();
});
