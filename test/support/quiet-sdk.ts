/**
 * What the SDK does for people who debug programs costs a unit test more than the test itself: jest translates each stack
 * trace to the lines of the TypeScript. Runs before each suite; suites that load no SDK pay nothing, as each stand-in is
 * made when the SDK asks for the module.
 */
import { type Watch, withoutTrace } from "../../sandbox/engine/unread-diagnostics";

/** Promises are watched for leaks as ever, without the stack trace of each. */
jest.mock("@pulumi/pulumi/runtime/debuggable", () => {
  const sdk = jest.requireActual<{ readonly debuggablePromise: Watch }>("@pulumi/pulumi/runtime/debuggable");
  return { ...sdk, debuggablePromise: withoutTrace(sdk.debuggablePromise) };
});

/** Resources tell the engine nothing of where their constructors were called. */
jest.mock("@pulumi/pulumi/resource", () => {
  const sdk: Partial<typeof import("@pulumi/pulumi/resource")> =
    jest.requireActual("@pulumi/pulumi/resource");
  // Modules of the SDK require one another in circles: what they get of this one meanwhile is not whole yet.
  if (sdk.Resource) Object.defineProperty(sdk.Resource, "stackTrace", { value: () => [] });
  return sdk;
});

/** The resolver of npm's dependencies, 450 modules, is for programs that send functions to a cloud. */
jest.mock("@npmcli/arborist", () => ({
  Arborist: class {
    constructor() {
      throw new Error(
        "unit tests send no functions to a cloud: test/support/quiet-sdk.ts keeps Arborist out",
      );
    }
  },
}));
