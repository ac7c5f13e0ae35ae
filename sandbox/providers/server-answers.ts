import type { handleUnaryCall, ServerUnaryCall } from "@grpc/grpc-js";
import { CheckFailure as CheckFailureMessage, CheckResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { toServiceError } from "./server-errors";
import { encodeStruct, withSecretsOf } from "./server-values";
import { type CheckFailure, PartialFailure, type ResourceReference, type Values } from "./standin";

export type UnaryCall<Request> = ServerUnaryCall<Request, unknown>;

export function unary<Request, Response>(
  handler: (call: UnaryCall<Request>) => Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve(call)
      .then(handler)
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback(toServiceError(error)),
      );
  };
}

/** An answer with the engine's secrets marked as such, also in what a failure leaves in state. */
export async function sealed<Answer extends { readonly outputs: Values } | undefined>(
  work: Promise<Answer>,
  outputs: Struct | undefined,
  inputs: Struct | undefined = outputs,
): Promise<Answer> {
  try {
    const answer = await work;
    return answer && { ...answer, outputs: withSecretsOf(answer.outputs, outputs) };
  } catch (error) {
    if (error instanceof PartialFailure) {
      throw new PartialFailure(
        error.message,
        error.id,
        withSecretsOf(error.outputs, outputs),
        withSecretsOf(error.inputs, inputs),
      );
    }
    throw error;
  }
}

export function checkResponse(inputs: Values, failures: readonly CheckFailure[]): CheckResponse {
  return new CheckResponse()
    .setInputs(encodeStruct(inputs))
    .setFailuresList(
      failures.map(({ property, reason }) =>
        new CheckFailureMessage().setProperty(property).setReason(reason),
      ),
    );
}

/** `urn:pulumi:stack::project::parent$type::name`; the name may hold anything, also `::`. */
export function reference(urn: string): ResourceReference {
  const [, , qualifiedType = "", ...name] = urn.split("::");
  return { urn, type: qualifiedType.slice(qualifiedType.lastIndexOf("$") + 1), name: name.join("::") };
}
