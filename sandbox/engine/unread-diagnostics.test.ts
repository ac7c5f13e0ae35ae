import * as pulumi from "@pulumi/pulumi";
import { leaveOutUnreadDiagnostics } from "./unread-diagnostics";

// An SDK of its own: what it leaves out would be left out of all suites.
jest.mock("@pulumi/pulumi", () => jest.requireActual("@pulumi/pulumi"));
jest.mock("@pulumi/pulumi/runtime/debuggable", () => jest.requireActual("@pulumi/pulumi/runtime/debuggable"));
jest.mock("@pulumi/pulumi/runtime/settings", () => jest.requireActual("@pulumi/pulumi/runtime/settings"));

const promises: {
  debuggablePromise(promise: Promise<void>, context: string): Promise<void>;
} = require("@pulumi/pulumi/runtime/debuggable");
const settings: { getEngine(): unknown } = require("@pulumi/pulumi/runtime/settings");

/** What the SDK has noted of a promise that it watches. */
function noted(context: string): object {
  const promise = Promise.resolve();
  void promises.debuggablePromise(promise, context);
  return promise;
}

const trace = expect.stringContaining("\n    at ");

test("promises are watched still, without their stack trace; errors keep theirs", () => {
  expect(noted("before")).toMatchObject({ _debugCtx: "before", _debugStackTrace: trace });
  leaveOutUnreadDiagnostics();
  leaveOutUnreadDiagnostics();
  expect(noted("after")).toMatchObject({
    _debugCtx: "after",
    _debugStackTrace: expect.not.stringContaining("at "),
  });
  expect(new Error("later").stack).toEqual(trace);
});

test("resources bring no stack trace", () => {
  leaveOutUnreadDiagnostics();
  expect(Reflect.get(pulumi.Resource, "stackTrace")()).toEqual([]);
});

test("debug messages are not sent to the engine; warnings are", async () => {
  const log = jest.fn((_request: { getMessage(): string }, done: () => void) => done());
  jest.spyOn(settings, "getEngine").mockReturnValue({ log });
  leaveOutUnreadDiagnostics();
  await pulumi.log.debug("registering");
  await pulumi.log.warn("something to know");
  expect(log.mock.calls.map(([request]) => request.getMessage())).toEqual(["something to know"]);
});
