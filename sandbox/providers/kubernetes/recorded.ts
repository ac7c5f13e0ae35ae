import { isObject } from "./json";

/** Status of a release or manifest that was not available: it is only in Pulumi's state. */
export const recordedStatus = "recorded";

/** Says of outputs in state whether what they belong to is only recorded, not installed. */
export function isRecorded(outputs: unknown): boolean {
  return isObject(outputs) && isObject(outputs.status) && outputs.status.status === recordedStatus;
}
