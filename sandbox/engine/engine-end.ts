import { InterceptingCall, type Interceptor, status } from "@grpc/grpc-js";

/**
 * An engine that ends before the program does says so with the status "unavailable", at which the SDK ends the program without
 * a word: the engine has told why. For a component whose making it breaks off it says so with the status "unknown", which
 * the SDK takes for a fault of the program and shows with a stack trace.
 */
export function recognizeEngineEnd(): void {
  const { grpcClientOptions }: ClientOptions = require("@pulumi/pulumi/runtime/settings");
  if (!grpcClientOptions.interceptors.includes(asUnavailable)) {
    grpcClientOptions.interceptors.push(asUnavailable);
  }
}

/** The SDK's options for its connections with the engine, which it reads at each call. */
interface ClientOptions {
  readonly grpcClientOptions: { readonly interceptors: Interceptor[] };
}

const asUnavailable: Interceptor = (options, nextCall) =>
  new InterceptingCall(nextCall(options), {
    start: (metadata, _listener, next) =>
      next(metadata, {
        onReceiveStatus: (received, pass) => {
          const isEnd = received.code === status.UNKNOWN && received.details === "resource monitor shut down";
          pass(isEnd ? { ...received, code: status.UNAVAILABLE } : received);
        },
      }),
  });
