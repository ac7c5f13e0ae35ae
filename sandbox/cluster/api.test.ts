import { ApiError, retryBusy, retryConflicts } from "./api";

/** Refuses a number of times before it answers. */
function refusing(times: number, status: number) {
  let calls = 0;
  return async (): Promise<number> => {
    calls += 1;
    if (calls <= times) {
      throw new ApiError(status, "Timeout", `PATCH: ${status}`);
    }
    return calls;
  };
}

test.each([429, 503, 504])("what a busy server refuses with %i is asked again", async (status) => {
  expect(await retryBusy(refusing(2, status), 1)).toBe(3);
});

test("a server that stays busy is an error in the end", async () => {
  await expect(retryBusy(refusing(100, 504), 1)).rejects.toThrow("PATCH: 504");
});

test("any other refusal is one at once", async () => {
  await expect(retryBusy(refusing(1, 404), 1)).rejects.toThrow("PATCH: 404");
  await expect(retryConflicts(refusing(1, 504))).rejects.toThrow("PATCH: 504");
});
