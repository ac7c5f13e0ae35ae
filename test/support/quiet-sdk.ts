/**
 * What the SDK does for people who debug programs, or who do what no unit test does, costs a suite more than its tests. Runs
 * before each suite; suites that load no SDK pay nothing, as each stand-in is made when the SDK asks for the module.
 */

/** Promises are not watched for leaks: jest would translate the stack trace of each. The sandbox's runs watch them. */
jest.mock("@pulumi/pulumi/runtime/debuggable", () => ({
  ...jest.requireActual<object>("@pulumi/pulumi/runtime/debuggable"),
  debuggablePromise: (promise: Promise<unknown>) => promise,
}));

/** Resources tell the engine nothing of where their constructors were called. */
jest.mock("@pulumi/pulumi/resource", () => {
  const sdk: Partial<typeof import("@pulumi/pulumi/resource")> =
    jest.requireActual("@pulumi/pulumi/resource");
  // Modules of the SDK require one another in circles: what they get of this one meanwhile is not whole yet.
  if (sdk.Resource) Object.defineProperty(sdk.Resource, "stackTrace", { value: () => [] });
  return sdk;
});

/** The Automation API, a tenth of the SDK, is loaded when a test uses it. */
jest.mock(
  "@pulumi/pulumi/automation",
  () =>
    new Proxy(
      {},
      {
        get: (_, name) =>
          name === "__esModule" || Reflect.get(jest.requireActual<object>("@pulumi/pulumi/automation"), name),
      },
    ),
);

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
