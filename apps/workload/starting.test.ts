import { progressDeadline, stating } from "./starting";

const liveness = { port: "http" };
const probes = (failureThreshold?: number) => ({
  liveness,
  readiness: liveness,
  ...(failureThreshold && { startup: { port: "http", failureThreshold } }),
});

test.each([
  ["no probes", undefined, {}],
  ["what is usual", probes(), {}],
  ["a quick start", probes(59), {}],
  ["a start as long as the usual deadline", probes(60), { progressDeadlineSeconds: 1200 }],
  ["half an hour", probes(180), { progressDeadlineSeconds: 2400 }],
])("a rollout of pods with %s has the time that they need", (_, given, expected) => {
  expect(progressDeadline(given)).toEqual(expected);
});

test("pods state how long they may take to start, where it is known", () => {
  const annotations = { other: "kept" };
  expect(stating({ annotations, startsWithinSeconds: 1800 }).annotations).toEqual({
    other: "kept",
    "ai-platform/starts-within": "1800s",
  });
  expect(stating({ annotations }).annotations).toBe(annotations);
});
