import type { Status } from "./object";

/** The API server's refusal, in its own words. */
export class ApiError extends Error {
  constructor(
    message: string,
    /** HTTP status code: 404, 409, ... */
    readonly status: number,
    /** `NotFound`, `Conflict`, `AlreadyExists`, `Invalid`, ...; empty where the server knows no such path. */
    readonly reason: string,
    /** The fields that it refuses, each with the fault. */
    readonly causes: readonly { readonly field: string; readonly message: string }[] = [],
  ) {
    super(message);
  }
}

/** The API server could not be asked at all. */
export class Unreachable extends Error {}

/** What the kubeconfig says about getting credentials does not work: asking again would not help. */
export class NoCredentials extends Unreachable {}

/** Whether an API server refused with one of these HTTP status codes. */
export function isStatus(error: unknown, ...statuses: readonly number[]): boolean {
  return error instanceof ApiError && statuses.includes(error.status);
}

/** The fault that an answer of the API server tells of. */
export function refusal(
  httpStatus: number,
  { message, reason = "", code = httpStatus, details }: Status,
): ApiError {
  const causes = (details?.causes ?? []).map((cause) => ({ field: "", message: "", ...cause }));
  return new ApiError(message || `HTTP ${httpStatus}`, code, reason, causes);
}
