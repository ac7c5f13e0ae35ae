/**
 * Skips what the SDK records about each resource and promise for debugging. The sandbox does not use it, and
 * together it takes more of a run's time than the program itself.
 */
export function leaveOutUnreadDiagnostics(): void {
  if (leftOut) return;
  leftOut = true;
  forgetResourceTraces();
  forgetPromiseTraces();
  keepDebugMessages();
}

/** A process may run many programs, with one SDK. */
let leftOut = false;

/**
 * The SDK sends the engine the stack trace of each resource's constructor: a quarter of a state that the
 * engine writes after each step, for paths of this machine.
 */
function forgetResourceTraces(): void {
  const { Resource }: typeof import("@pulumi/pulumi") = require("@pulumi/pulumi");
  Object.defineProperty(Resource, "stackTrace", { value: () => [] });
}

/** Promises that are left at the end are still reported, with what they were for. */
function forgetPromiseTraces(): void {
  const sdk: { debuggablePromise: Watch } = require("@pulumi/pulumi/runtime/debuggable");
  const watch = sdk.debuggablePromise;
  sdk.debuggablePromise = (promise, context) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return watch(promise, context);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}

type Watch = (promise: Promise<unknown>, context: unknown) => Promise<unknown>;

/** Several messages for each resource, each a call of the engine of its own, which shows none of them. */
function keepDebugMessages(): void {
  const { log }: typeof import("@pulumi/pulumi") = require("@pulumi/pulumi");
  Object.defineProperty(log, "debug", { value: async () => undefined });
}
