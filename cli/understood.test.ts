import { z } from "zod";
import { Failure } from "./failure";
import { understood } from "./understood";

test("what a file says is handed on", () => {
  expect(understood("/a.json", () => JSON.parse("[1]"), "")).toEqual([1]);
});

test.each([
  ["no JSON", () => JSON.parse("{"), "JSON at position 1"],
  ["another form", () => z.object({ port: z.number() }).parse({}), "→ at port"],
])("%s is a failure with the file, the reason and what to do", (_, read, reason) => {
  const work = () => understood("/a.json", read, "Run it again.");
  expect(work).toThrow(Failure);
  expect(work).toThrow(/^\/a\.json cannot be understood: /);
  expect(work).toThrow(reason);
  expect(work).toThrow(/\nRun it again\.$/);
});
