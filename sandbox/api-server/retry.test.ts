import { ApiError, NoCredentials, Unreachable } from "./errors";
import { isPassing, retryConflicts } from "./retry";

/** Refuses a number of times before it answers. */
function refusing(times: number, status: number) {
  let calls = 0;
  return async (): Promise<number> => {
    calls += 1;
    if (calls <= times) {
      throw new ApiError("busy", status, "Timeout");
    }
    return calls;
  };
}

test("what was changed in between is done again, and given up in the end", async () => {
  expect(await retryConflicts(refusing(2, 409))).toBe(3);
  await expect(retryConflicts(refusing(100, 409))).rejects.toThrow("busy");
});

test("any other refusal is one at once", async () => {
  await expect(retryConflicts(refusing(1, 504))).rejects.toThrow("busy");
});

test("a busy server and one that is away pass; a refusal, and credentials that are not to be had, do not", () => {
  for (const status of [429, 503, 504]) expect(isPassing(new ApiError("busy", status, ""))).toBe(true);
  expect(isPassing(new Unreachable("away"))).toBe(true);
  expect(isPassing(new NoCredentials("no token"))).toBe(false);
  expect(isPassing(new ApiError("no", 403, "Forbidden"))).toBe(false);
});
