import { saysSomething } from "./reason";

test.each([
  "The vendor's image needs root until 3.2",
  "Moves out next week",
  "The profile comes next week",
  "Customers call it directly",
  "ACME-123: the driver writes to its own image",
])("%s is a reason", (reason) => {
  expect(saysSomething(reason)).toBe(true);
});

test.each([
  "",
  "because",
  "temporary",
  "it is needed",
  "TODO fix later",
  "asdf",
  "x y z",
  "aaa bbb ccc",
  "needed for now please",
  "see ticket",
  "legacy legacy legacy",
])("%s is none", (reason) => {
  expect(saysSomething(reason)).toBe(false);
});
