import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { encodeStruct } from "./server-values";
import { PartialFailure } from "./standin";

/** Errors of the language itself: someone's code is wrong, and only a stack trace says whose. */
const bugs = [TypeError, ReferenceError, RangeError, SyntaxError] as const;

/** What the engine is told about a failure; its message is what the user reads. */
export function toServiceError(error: unknown): Partial<ServiceError> {
  if (error instanceof PartialFailure) {
    return partialFailure(error);
  }
  if (!(error instanceof Error)) {
    return { code: status.INTERNAL, details: String(error) };
  }
  if (bugs.some((bug) => error instanceof bug)) {
    return { code: status.INTERNAL, details: error.stack ?? error.message };
  }
  if (isServiceError(error)) {
    return error;
  }
  // Not UNKNOWN or INTERNAL: the engine would then record that the resource may or may not exist.
  return { code: status.FAILED_PRECONDITION, details: error.message };
}

function partialFailure(failure: PartialFailure): Partial<ServiceError> {
  const detail = new ErrorResourceInitFailed()
    .setId(failure.id)
    .setProperties(encodeStruct(failure.outputs))
    .setInputs(encodeStruct(failure.inputs))
    .setReasonsList([failure.message]);
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const outcome = new Status().setCode(status.UNKNOWN).setMessage(failure.message).setDetailsList([packed]);

  const metadata = new Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(outcome.serializeBinary()));
  return { code: status.UNKNOWN, details: failure.message, metadata };
}

function isServiceError(error: Error): error is ServiceError {
  return "code" in error && typeof error.code === "number" && "details" in error;
}
